"""Where one may see the other's work: clinical and managerial settings.

Aliases are only such words as mean one setting and no other; everything else stays people's own words.
"""

from cohorts.taxonomies.row import Entry


def _row(group: str):
    def make(code: str, label: str, flags: str = "", *aliases: str) -> Entry:
        return Entry(code, label, aliases=aliases, group=group, flags=flags)

    return make


_clinical = _row("clinical")
_managerial = _row("managerial")

CLINICAL = (
    _clinical(
        "operating-theatre", "Operating theatre", "CP", "theatre", "theatres", "a list in theatre", "theatre list"
    ),
    _clinical("outpatient-clinic", "Outpatient clinic", "CP", "clinic", "outpatients", "outpatient department"),
    _clinical("ward", "Ward", "CP", "a ward", "inpatient ward"),
    _clinical(
        "emergency-department",
        "Emergency department",
        "COP",
        "ED",
        "A&E",
        "accident and emergency",
        "ED late shift",
        "ED shift",
    ),
    _clinical("out-of-hours", "Out-of-hours shift", "COP", "out of hours", "hospital at night", "on call"),
    _clinical(
        "intensive-care-night",
        "Intensive care night shift",
        "COP",
        "night shift on ICU",
        "ICU night shift",
        "night shift in intensive care",
    ),
    _clinical("ward-round", "Ward round", "CP"),
    _clinical("board-round", "Board round", "C"),
    _clinical("handover", "Handover", "CO", "clinical handover"),
    _clinical("mdt", "Multidisciplinary team meeting", "CX", "MDT", "MDT meeting", "multidisciplinary meeting"),
    _clinical(
        "acute-assessment",
        "Acute assessment or same-day care",
        "CP",
        "acute assessment unit",
        "same-day emergency care",
        "SDEC",
        "acute assessment",
    ),
    _clinical("delivery-suite", "Delivery suite", "COP", "labour ward"),
    _clinical("imaging", "Imaging", "CP", "radiology", "X-ray"),
    _clinical("pathology", "Pathology", "C", "laboratory", "labs"),
    _clinical("pharmacy", "Pharmacy", "C", "dispensary"),
    _clinical("community-visit", "Community visit", "CP", "home visit", "district nursing"),
    _clinical("gp-surgery", "GP surgery", "CP", "general practice"),
    _clinical("ambulance", "Ambulance shift", "COP", "ambulance"),
    _clinical("bereavement-office", "Bereavement office", "CP", "medical examiner's office"),
    _clinical("discharge-lounge", "Discharge lounge", "CP"),
)

MANAGERIAL = (
    _managerial("operational-meeting", "Operational meeting", "", "operations meeting", "ops meeting"),
    _managerial("strategic-meeting", "Strategic meeting", "", "strategy meeting"),
    _managerial(
        "finance-performance",
        "Finance and performance meeting",
        "X",
        "finance meeting",
        "finance & performance meeting",
    ),
    _managerial("bed-meeting", "Bed, site or flow meeting", "O", "bed meeting", "site meeting", "flow meeting"),
    _managerial(
        "public-board", "Public board", "", "board meeting (public part)", "public board meeting", "trust board"
    ),
    _managerial("executive-committee", "Executive committee", "X", "executive meeting", "exec committee"),
    _managerial("divisional-governance", "Divisional governance", "X", "governance meeting", "clinical governance"),
    _managerial("morbidity-mortality", "Morbidity and mortality", "X", "M&M", "M&M meeting", "mortality review"),
    _managerial("risk-group", "Risk group", "X", "risk meeting", "risk committee"),
    _managerial(
        "waiting-list",
        "Waiting-list meeting",
        "X",
        "waiting list (PTL) meeting",
        "waiting list meeting",
        "PTL meeting",
        "PTL",
    ),
    _managerial("cancer-waiting-list", "Cancer waiting-list meeting", "X", "cancer PTL", "cancer waiting list meeting"),
    _managerial("business-case", "Business-case panel", "X", "business case panel", "business case meeting"),
    _managerial("contract", "Contract or commissioner meeting", "X", "contract meeting", "commissioner meeting"),
    _managerial("recruitment-panel", "Recruitment panel", "X", "interview panel"),
    _managerial("complaints-review", "Complaints review", "X", "complaints meeting", "complaints panel"),
    _managerial("estates", "Estates walk-round", "", "estates walk round", "estates walkabout"),
    _managerial("digital", "Digital programme", "", "digital programme board", "IT programme"),
    _managerial("efficiency", "Efficiency programme", "X", "cost improvement programme", "CIP meeting"),
    _managerial(
        "workforce-rota", "Workforce and rota planning", "X", "rota planning", "workforce planning", "rota meeting"
    ),
    _managerial("safety-huddle", "Safety huddle", "", "huddle"),
    _managerial("inspection", "Inspection preparation", "X", "CQC preparation", "inspection prep"),
)

SETTINGS = CLINICAL + MANAGERIAL
