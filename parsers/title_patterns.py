"""What titles print: the words and patterns by which reports and their neighbours are told.

All but the addresses are matched against the key of a title: one width, no white space, simplified.
"""

import re

SUBJECT = (
    r"(?:政府|政务|政府政务|党务政务|党务政府)?信息(?:主动)?公开(?:工作)?(?:[和与及暨、]政务公开)?"
)
OPEN_AFFAIRS = r"(?:党务)?政务公开"
YEAR_WORD = (
    r"(?:(?:20[0-4]\d|[二2][〇○零0Oo][〇○零0一二三四][〇○零0一二三四五六七八九])年?度?|年度)"
)
MIDDLE = rf"(?:制度)?(?:执行|实施)?(?:工作)?(?:情况)?的?{YEAR_WORD}?(?:工作)?(?:情况)?的?"
PHRASE = re.compile(rf"{SUBJECT}{MIDDLE}(?:总结)?(?:年度)?(?:总结)?(?:报告|年报)(?:书)?")
YEARLY = re.compile(rf"{OPEN_AFFAIRS}(?:工作)?(?:情况)?的?(?:年度(?:工作)?(?:情况)?报告|年报)")
# The first reports tell how the regulations of 2008 were carried out.
REGULATIONS = re.compile(
    rf"(?:贯彻|落实|执行|实施|施行|的|[、《])*(?:中华人民共和国)?政府信息公开条例》?{YEAR_WORD}?{MIDDLE}(?:年度)?(?:报告|年报)"
)
# A yearly summary is a report; one without 年度 is mostly a text for inside, or a model.
SUMMARY = re.compile(rf"政府信息公开(?:工作)?{YEAR_WORD}(?:工作)?总结")
# A title that leaves its subject to the column: 2016年年度报告.
ONLY_YEARLY = re.compile(rf"{YEAR_WORD}(?:年度)?(?:工作)?(?:报告|年报)(?:正文|全文)?")
NAMES = (PHRASE, YEARLY, SUMMARY, REGULATIONS)
TAIL = re.compile(
    r"^(?:的(?:报告|公告|公示)|[及和与]其?附[表件]|20[0-4]\d(?:年度?|[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\d\d:\d\d(?::\d\d)?)?)?|(?:来源|作者):[^\d:]{2,20}|正文|全文|全本|文本|公布|公示|定稿|终稿|[（(【\[][^）)】\]]{0,20}[）)】\]]"
    r"|\.(?:docx?|pdf|wps|ofd|html?|txt|xlsx?)|[。.．!、,，:：;；》”\"'·/-]|\d{1,2}(?!\d))*$",
    re.IGNORECASE,
)
# Words that make a document one about reports, or of another kind, wherever they stand.
ABOUT = re.compile(
    r"通知|通报|部署|自查|培训会|推进会|动员会|座谈会|工作会|观察|读懂|速览|看点|综述|评估|测评|评议|考核"
    r"|排名|点评|历年|往年|历届|指南|目录|规程|规范|格式|模板|范本|样本|样式|范文|统计制度|要点|方案|决算|预算|绩效|法治政府|依法行政"
    r"|网站工作年度报表|网站监管|环境质量|状况公报|催报|督办|督查|编制|撰写|填报|报送(?!.{4,40}报告的报告$)|征集|汇编|合集|论文|研究|实证|述评"
    r"|季度|半年|专题报告|申请表|流程图|反馈意见|意见建议|审计报告|财政信息公开|环境信息公开|厂务公开|村务公开|校务公开|院务公开|党务公开年"
    r"|企业信息|企业环境|上市公司|法人年度报告|学年|成绩单|年检|ニュース"
    r"|20[0-4]\d年?度?[-~—–至到]+20[0-4]\d"
    r"|(?<!\d)(?:1[0-2]|[1-9])月?份?[-~—–至到]+(?:[2-9]|1[01])月(?!\d)"
)
# The figures of a report told in another medium; such a word may also stand in a part of its own.
RETOLD = re.compile(
    r"解读|一图|图解|图说|图读|长图|数说|数读|数看|[Hh]5|漫画|动画|视频|音频|海报(?![告业送社])"
)
# A notice by which a body publishes the report that it carries.
CARRIED = re.compile(r"(?<=报告|年报|告》|报》)的(?:通知|公告|函)$")
# The line with which a title goes on that is a notice's: …年度报告 / 有关事项的通知.
GOES_ON = re.compile(
    r"(?:有关|相关|编制|编写|撰写|编报|填报|报送|公布|发布|的|工作|情况)[一-鿿]{0,24}(?:通知|通报|函|意见|方案|办法|说明|要求|格式|模板)"
)
NEWS = re.compile(
    r"(?:发布|公布|公开|晒出|亮出|出台|召开|完成|做好|开展|启动|推进|加强|组织|听取|审议|启用|上线|了解|查看|关注|如何|怎么|什么|更正|勘误)"
)
# Bodies whose names hold such words.
IN_NAMES = re.compile(
    r"机构编制|编制委|编制办|编办|督查(?:室|局|办|委)|研究(?:室|院|中心|所)|评估中心|考核(?:办|委|局)"
    r"|(?:编制|编审|预算|研究|评估|评审|考核|绩效|督查|征集|推进)[一-鿿]{0,10}?(?:中心|办公室|局|院|所|处|站|委员会)"
    r"(?=\(|$|20|二|年度|政府|信息|政务)"
    r"|绩效(?:办|管理办|管理局)|组织部|组织人事|推进(?:办|中心|委|局|组)|征集办|评议办"
)
DOC_NUMBER = re.compile(r"\(?[一-鿿]{1,10}[〔\[【(（［]20\d\d[〕\]】)）］]第?\d{1,4}号\)?")
# Where the first heading of a text stands in the line of its title.
HEADING_WITHIN = re.compile(r"(?<=\S)[^\S\n]{1,8}(?=一[、.．])")
OTHER_BODIES = re.compile(
    r"(?:大学|学院|学校|中学|小学|幼儿园|医院|卫生院|保健院|妇幼保健[^局委]{0,9}(?:中心|所|站)|卫生服务中心|公司|集团|厂|银行|支行|供电局|自来水|燃气|电网"
    r"|公共企事业单位|企事业单位|事业单位|高校|高等学校|职院|商会|基金会)$"
)
STILL_COVERED = re.compile(r"(?:行政学院|党校.*学院|社会主义学院|人民银行.*支行|人民银行)$")
BODY = re.compile(
    r"^(.*(?:局|厅|委|办|府|街道|街|镇|乡|苏木|部|院|中心|所|处|署|队|会|站|台|馆|区|县|市|省|州|盟|旗|司|院|关|社|团|科|园|场|组|室|庭|农场|行|联|协|监狱|段|城"
    r"|第[一二三四五六七八九十\d]{1,3}师))"
)
# Bodies of a kind, and no body: what the name of a column says.
MANY_BODIES = re.compile(
    r"各|^(?:[省市区县州]|本级|政府|人民政府|直属?)*(?:部门|单位|机构|乡镇|镇街|街道|区县|县区|县市区|市县|[、和及])+$"
)
# Reports of such are several; 街道 may be the one that the site is of.
SEVERAL_BODIES = re.compile(r"各|(?:^|[省市区县直级府作])部门$")
YEAR_IN_TITLE = re.compile(
    r"(?:20[0-4]\d|[二2][〇○零0Oo][〇○零0一二三四][〇○零0一二三四五六七八九])年?度?"
)
PARTS = re.compile(r"[_|｜丨]|\s[-–—]{1,2}\s")
BRACKET = re.compile(r"[（(]([^（）()]{2,30})[)）]")
NO_TITLE = re.compile(r"[。，；,;!?？]|[:：]$|^\(?[一二三四五六七八九十\d]+[、.)]|^第.部分|^$")
SITE_PATH = re.compile(r"[>＞»›]")
# What a bracket behind the phrase says to hold beside the report.
CONTAINED = re.compile(r"[（(](?:内?含|附)[^（）()]{1,18}[)）]")
# A body behind the phrase, after a dash or the year in brackets.
BEHIND = re.compile(r"(?:[（(][^（）()]{2,30}[)）]|[-—:：]+)+(?P<body>[^（）()_-]{3,30})$")
# When it was published, which says nothing of the year reported on.
DATE = re.compile(r"20[0-4]\d[-./年]\d{1,2}[-./月]\d{1,2}日?")
TOLD_ABOUT = re.compile(r"关于(?:公布|发布|公开|印发)")
URL_YEAR = re.compile(
    r"(?:fbtime|year|nd|title|nf)=(20[0-4]\d)(?!\d)|/(20[0-4]\d)n?(?:nd|nb|ndbg|xxgk|zfxxgk)"
    r"|gk[a-z]{0,3}nd?b[a-z]*/(20[0-4]\d)n?/",
    re.IGNORECASE,
)
URL_DATE = re.compile(r"/(20[0-4]\d)[-/]?(0[1-9]|1[0-2]|[1-9](?=/))")
URL_REPORT = re.compile(
    r"(?:/|xx)gk[a-z]{0,3}n(?:d|ian)?b|annualreport|/ndbg(?=[/_])", re.IGNORECASE
)
PREFIX = re.compile(
    r"^(?:关于|(?:通知|公示|公告){2}|[^-—:]{0,20}(?:网站?|年报|年度报告|专栏)[-—:]+|附件\d*[:：]?|\d{1,2}[.、]|[【\[（(][^】\]）)]{0,12}[】\]）)]|[\W\da-zA-Z.]+)+"
)
