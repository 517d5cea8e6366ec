"""Headings as programme leads write them, loosely folded (no case, no punctuation), for each field."""

from __future__ import annotations

SYNONYMS: dict[str, str] = {
    "name": (
        "name|full name|your name|applicant|applicant name|name of applicant|participant|participant name|"
        "name of participant|staff name|employee name|delegate|delegate name|person|colleague|name in full|"
        "preferred name|your full name|first name and surname|candidate|candidate name|name surname|"
        "forename and surname|title and name|name and title|known as|members name|member"
    ),
    "first_name": "first name|forename|given name|forenames|first names|given names|firstname",
    "last_name": "last name|surname|family name|second name|lastname",
    "email": (
        "e mail address|email address|e mail|email|work email|work e mail|work email address|mail|"
        "work e mail address|your email|your e mail|your email address|your e mail address|nhs email|"
        "nhs email address|nhs mail|nhsmail|trust email|trust e mail|trust email address|contact email|"
        "email id|applicant email|participant email|e mail work|email work|nhs net email|nhs net address|"
        "staff email|primary email|email username|user email|main email"
    ),
    "side": (
        "i am a|i am|i am an|i am a doctor or manager|doctor or manager|doctor manager|manager or doctor|"
        "clinician or manager|clinician manager|side|applying as|applying as a|are you a doctor or a manager|"
        "are you a doctor or manager|are you a manager or a doctor|role type|type|type of applicant|"
        "applicant type|stream|track|cohort side|group|participant type|category|d m|dr mgr|"
        "are you a clinician or a manager|professional group|profession|clinical or managerial|"
        "clinical managerial|which are you|doctor or manager in the cohorts own words|taking part as"
    ),
    "role_title": (
        "job title|role|role title|post|position|current role|current post|job|job role|title of post|"
        "current job title|post title|current position|your role|your job title|designation|your current role|"
        "position title|post held|current role title|job title role|role job title|what is your job title"
    ),
    "grade": (
        "grade afc band|grade|band|afc band|agenda for change band|pay band|grade or band|grade band|"
        "band grade|grade level|training grade|level|band or grade|current grade|pay grade|your grade|"
        "afc grade|payband|seniority|training level|stage of training|grade afc|medical grade|"
        "band or training grade|grade or afc band|current band"
    ),
    "staff_group": "staff group|staffgroup|esr staff group|occupational group",
    "directorates": (
        "directorate or specialty|directorate|specialty|speciality|division|department|dept|service|"
        "clinical group|care group|business unit|area|directorate specialty|division directorate|"
        "directorate division|clinical directorate|team|specialty directorate|department specialty|"
        "directorate department|service area|clinical business unit|cbu|directorates|specialties|unit|"
        "division or directorate|clinical division|directorate service|specialty department|work area"
    ),
    "sites": (
        "site s|site|sites|hospital|hospital site|base|location|work base|main site|where based|"
        "hospital s|work site|base site|hospitals|location s|locations|place of work|workplace|usual site|"
        "main hospital site|work location|where are you based|campus|base location|site base"
    ),
    "working_pattern": (
        "working days|working pattern|work pattern|days worked|days of work|days|work days|days at work|"
        "which days do you work|usual working days|pattern of work|ltft days|availability|days available|"
        "full time part time|full time or part time|contracted days|working hours|normal working days|"
        "what days do you work|working arrangement|days you work|my working days"
    ),
    "leaves_on": (
        "rotation contract end|leaves the trust on|leaving date|end date|contract end|contract end date|"
        "rotation end|rotation end date|end of rotation|end of contract|date of leaving|leaves on|rotation ends|"
        "date leaving|leaving|end of post|post end date|placement end|placement end date|leaving trust|"
        "date of leaving this trust|date of leaving the trust|end of placement|contract ends|leave date|"
        "rotating out|rotation date|in post until|here until|fixed term end date|expected end date|end"
    ),
    "manager_name": (
        "line manager or supervisor|line manager|supervisor|manager name|line manager name|"
        "name of line manager|educational supervisor|clinical supervisor|supervisor name|reports to|"
        "name of supervisor|line manager supervisor|manager supervisor|supervising consultant|manager|"
        "line managers name|supervisors name|name of line manager or supervisor|approver|your line manager|"
        "line manager educational supervisor|line manager or educational supervisor|permission from|"
        "my line manager|manager or supervisor|name of manager|supervisor or line manager"
    ),
    "manager_email": (
        "their e mail|their email|their e mail address|their email address|line manager email|"
        "line manager e mail|manager email|manager e mail|supervisor email|supervisor e mail|"
        "line managers email|supervisors email|e mail of line manager or supervisor|email of line manager|"
        "email of supervisor|line manager email address|supervisor email address|approver email|"
        "line manager supervisor email|email of line manager or supervisor|managers email|manager email address"
    ),
    "offers": (
        "what i can offer a partner to see|what i can let a partner see|offers|offer|can offer|i can offer|"
        "what i can offer|what can you offer|what you can offer|shadowing offered|things to show|could show|"
        "opportunities offered|what i can show|what could you show your partner|can show|"
        "what can you offer a partner|opportunities i can offer|what my partner could see|shadowing i can offer"
    ),
    "wants": (
        "what i would like to see|wants|want|would like to see|i want to see|what i want to see|wishes|"
        "what would you like to see|shadowing wanted|would like to shadow|what i would like to shadow|"
        "hopes to see|wants to see|i would like to see|what do you want to see|shadowing wishes|wish list|"
        "what would you like to shadow|what would you like to see or shadow|like to see"
    ),
    "interests": (
        "interests|interest|areas of interest|area of interest|interested in|topics|themes|development areas|"
        "my interests|learning interests|topics of interest|improvement interests|interests themes|tags"
    ),
    "idea": (
        "improvement idea|project idea|idea|qi idea|improvement project idea|quality improvement idea|ideas|"
        "improvement project|qi project|project|improvement theme|idea for improvement|what would you improve|"
        "quality improvement project|possible project|problem you would like to solve|improvement ideas"
    ),
    "exclusions": (
        "should not be paired with|not to be paired with|do not pair with|exclusions|exclude|not with|"
        "conflicts|avoid|people i should not be paired with|cannot be paired with|do not match with|"
        "please do not pair with|not to be matched with|conflicts of interest|should not be matched with|"
        "do not pair|anyone you should not be paired with|conflict of interest|dont pair with"
    ),
    "phone": (
        "mobile|phone|telephone|mobile number|phone number|telephone number|contact number|mobile phone|tel|"
        "mob|contact|contact no|tel no|mobile no|work mobile|contact telephone|mobile telephone|"
        "contact telephone number|contact phone|bleep|bleep or mobile|ext|extension|tel number|phone no|cell|"
        "telephone no|mobile bleep|bleep mobile"
    ),
    "organisation": (
        "organisation|organization|trust|employer|employing trust|employing organisation|company|"
        "trust name|your trust|nhs trust|organisation name|trust organisation|provider"
    ),
    "statement": (
        "what i hope for|statement|supporting statement|why do you want to take part|why i want to take part|"
        "motivation|hopes|personal statement|what do you hope to gain|why apply|reason for applying|"
        "what do you hope to get out of it|expectations|why would you like to take part|aims|goals|"
        "what do you hope to gain from the programme|statement of hopes|why are you applying|objectives"
    ),
    "biography": (
        "about me|biography|bio|short biography|profile|about you|short bio|background|tell us about yourself"
    ),
    "second_email": (
        "second e mail address|second email|second e mail|second email address|personal email|"
        "personal e mail|personal email address|alternative email|alternative e mail|home email|other email|"
        "private email|secondary email|alternative email address|personal e mail address|backup email"
    ),
    "previous_partner": (
        "previous partner|previous partners|last years partner|past partner|former partner|"
        "previously paired with|paired before with|earlier partner"
    ),
    "adjustments": (
        "adjustments needed|adjustments|reasonable adjustments|access needs|accessibility|"
        "access requirements|support needed|special requirements|any adjustments needed|access|"
        "accessibility requirements|additional needs"
    ),
}
# Words that settle a longer heading, such as a whole question of a form; the first line that fits wins.
TELLING: tuple[tuple[str, str], ...] = (
    ("not be paired", "exclusions"),
    ("not be matched", "exclusions"),
    ("not pair", "exclusions"),
    ("previous partner", "previous_partner"),
    ("adjustment", "adjustments"),
    ("supervisor email|supervisor e mail|manager email|manager e mail|managers email", "manager_email"),
    ("personal email|personal e mail|second email|second e mail|alternative email", "second_email"),
    ("email of your line|e mail of your line|email of your supervisor|managers e mail", "manager_email"),
    ("doctor or a manager|doctor or manager|manager or doctor|manager or a doctor", "side"),
    ("clinician or a manager|clinician or manager", "side"),
    ("you can offer|can you offer|could you offer|i can offer|could offer|able to offer", "offers"),
    ("like to see|want to see|like to shadow|want to shadow|hope to see", "wants"),
    ("days do you work|working days|working pattern|work pattern|days of the week", "working_pattern"),
    ("rotation end|contract end|leaving date|date of leaving|leave the trust|end of rotation", "leaves_on"),
    ("line manager|supervisor", "manager_name"),
    ("email address|e mail address|your email|your e mail", "email"),
    ("job title", "role_title"),
    ("directorate|specialty|speciality|department|division", "directorates"),
    ("afc band|pay band|training grade|grade|band", "grade"),
    ("staff group", "staff_group"),
    ("hospital site|which site|site s", "sites"),
    ("mobile|telephone|phone number", "phone"),
    ("improvement idea|project idea|improvement project", "idea"),
    ("interests|interested in|areas of interest", "interests"),
    ("hope to gain|hope to get|take part|why do you want", "statement"),
    ("about yourself|biography", "biography"),
    ("full name|your name", "name"),
)
