"""What calls the crawl, as text: words stay words, whatever is in them."""

import shlex

from crawler.schedule import triggers

COMMAND = ["/opt/my env/python", "-m", "gongkai", "--archive", '/srv/50% "a$b"']


def test_a_crontab_line_says_the_command() -> None:
    line = triggers.crontab_line(COMMAND)
    assert line.count("\n") == 1
    assert shlex.split(line.replace(r"\%", "%"))[5:] == COMMAND
    assert "%" not in line.replace(r"\%", "")


def test_a_service_says_the_command() -> None:
    text = triggers.service(COMMAND)
    assert r'ExecStart="/opt/my env/python" "-m" "gongkai" "--archive" "/srv/50%% \"a$$b\""' in text


def test_the_timer_catches_up_once() -> None:
    assert "Persistent=true" in triggers.timer()
