"""Scrapy's settings for this project. Any of them can be set on the command line with `-s`."""

BOT_NAME = "gongkai"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

# Who asks. Some portals turn away what does not begin with Mozilla/5.0; the rest says who we are.
GONGKAI_CONTACT = ""
USER_AGENT = "Mozilla/5.0 (compatible; Gongkai/0.1; +https://pypi.org/project/gongkai/)"
ROBOTSTXT_USER_AGENT = "Gongkai"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}

# What is recorded, and where: the archive's folder, the run to resume.
GONGKAI_ARCHIVE = None
GONGKAI_RUN = None
GONGKAI_ASKED: list[str] = []  # what a run is of: the next of the same goes on where it broke off
GONGKAI_OFFLINE = None  # an archive's folder: answer from it and leave the network alone
GONGKAI_LOOKS = None  # how portals are looked at: crawler.looks.Looks; all of everything without it
GONGKAI_FLEET = None  # the PostgreSQL of a fleet: a worker's crawl shares index and politeness
GONGKAI_WORKER = ""  # what the fleet calls this worker's folder
GONGKAI_RESUME_HOURS = 24.0  # if it began no longer ago than this; 0 begins anew
EXTENSIONS = {
    "scrapy.extensions.telnet.TelnetConsole": None,
    "crawler.recording.session.RecordingSession": 0,
}
DOWNLOAD_HANDLERS = {
    "http": "crawler.recording.handler.RecordingHandler",
    "https": "crawler.recording.handler.RecordingHandler",
    "ftp": None,
    "s3": None,
    "file": None,
    "data": None,
}

# Where it may go.
GONGKAI_OFFICIAL_HOSTS = ["gov.cn"]
GONGKAI_ALLOW_HOSTS: list[str] = []
ROBOTSTXT_OBEY = True
COOKIES_ENABLED = True
METAREFRESH_ENABLED = False
GONGKAI_LEGACY_TLS: list[str] = []  # hosts with which outdated TLS is spoken
REDIRECT_MAX_TIMES = 8
GONGKAI_PAGE_BUDGET = 200
GONGKAI_REQUESTS_PER_PORTAL = 0  # beyond, what is new waits for the next look; 0 for no bound
GONGKAI_REQUISITES = 60  # styles, pictures and fonts of report pages, of each portal; 0 for none

# The browser, for portals that are declared to need one.
GONGKAI_BROWSER = ""  # its path; a Chromium is looked for where empty
GONGKAI_BROWSER_SANDBOX = ""  # 0: Chromium's own sandbox is off; by default it is for root alone
GONGKAI_BROWSER_PAGES = 2  # open at once; of one host never more than one
GONGKAI_BROWSER_REQUESTS = 100  # that one page may make
GONGKAI_BROWSER_SECONDS = 30.0  # of its own a page may take, waiting for answers apart
GONGKAI_BROWSER_QUIET = 1.0  # seconds without a request or a change make it one at rest

# How fast.
CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 10  # the default of 100 costs a third of the speed
DOWNLOAD_DELAY = 3.0
DOWNLOAD_DELAY_JITTER = 0.5
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 64 << 20
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408, 429]
GONGKAI_BACKOFF = 5.0  # seconds before the first retry; three times as long before each further
GONGKAI_LONGEST_WAIT = 600.0
GONGKAI_HOST_FAILURES = 6  # so many failures in a row, and the host is given up for the run
GONGKAI_PAUSE_HOURS = 24.0  # so long a host with a wall is left alone by later runs too
GONGKAI_HOURS = ""  # the hours of the day (China) in which to ask, such as 22-6; empty for all

HTTPERROR_ALLOW_ALL = True  # the spider accounts for every answer
DOWNLOADER_MIDDLEWARES = {
    "crawler.browser.middleware.BrowserMiddleware": 10,
    "crawler.politeness.middlewares.HostMiddleware": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.politeness.robots.RobotsMiddleware": 100,
    "crawler.recording.past.PastMiddleware": 540,
    "crawler.politeness.quota.QuotaMiddleware": 545,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.politeness.middlewares.PoliteRetryMiddleware": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.recording.codings.ContentCodingMiddleware": 590,
    "crawler.politeness.middlewares.AddressSlotMiddleware": 860,
}
# Reads each complete bundle into the database while the crawl goes on.
GONGKAI_READING = True
ITEM_PIPELINES = {"pipelines.items.ReadingPipeline": 300}

TELNETCONSOLE_ENABLED = False
LOG_LEVEL = "WARNING"
GONGKAI_LOG_FORMAT = "text"  # or json: one object a line
FEED_EXPORT_ENCODING = "utf-8"
