"""Directorates that most trusts have under some name; each trust adds its own and switches off the rest."""

from django.utils.text import slugify

from cohorts.taxonomies.row import Entry

_LABELS: dict[str, tuple[str, ...]] = {
    "Acute and Emergency": ("emergency & acute", "emergency medicine", "acute medicine", "urgent care"),
    "General Medicine": ("medicine", "medicine and integrated care"),
    "Surgery": ("general surgery",),
    "Theatres and Anaesthetics": ("theatres", "anaesthetics"),
    "Critical Care": ("intensive care", "ICU", "ITU"),
    "Women's": ("obstetrics & gynaecology", "obstetrics and gynaecology", "maternity"),
    "Children's": ("paediatrics",),
    "Cardiovascular": ("cardiology", "cardiac"),
    "Cancer and Haematology": ("oncology", "haematology", "cancer"),
    "Imaging": ("radiology",),
    "Pathology": (),
    "Pharmacy": (),
    "Therapies": (),
    "Outpatients": (),
    "Finance": (),
    "People and Workforce": ("HR / Workforce", "HR", "human resources", "workforce", "people"),
    "Strategy and Improvement": ("strategy & improvement", "strategy", "improvement", "transformation"),
    "Digital": ("IT", "informatics", "digital and technology"),
    "Estates": ("estates and facilities",),
    "Nursing and Quality": ("nursing", "quality"),
    "Medical Education": ("education",),
    "Corporate": (),
    "Commissioning": ("ICB", "commissioning/ICB", "integrated care board"),
}

DIRECTORATES = tuple(
    Entry(slugify(label.replace("'", "")), label, aliases=aliases) for label, aliases in _LABELS.items()
)
