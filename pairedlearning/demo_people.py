"""The made-up people of the demonstration: seventeen doctors and seventeen managers, none of them real."""

WHERE = "demo.example"
DOCTORS = [
    ("Amara Okafor", "ST5", "Acute and Emergency", "Riverside", "Mon to Fri", "01234"),
    ("Ben Whitlock", "ST4", "Children's", "Riverside", "Mon, Tue, Wed", "012"),
    ("Chiara Bellandi", "SpR", "Surgery", "Hillview", "Not Fridays", "0123"),
    ("Dilan Aydin", "ST6", "General Medicine", "Riverside", "Full time", "01234"),
    ("Efua Mensah-Reid", "ST3", "Critical Care", "Hillview", "Tues, Wed, Thurs", "123"),
    ("Farah Siddiqi", "ST7", "Women's", "Riverside", "Mon to Thurs", "0123"),
    ("Gwen Pritchard", "ST5", "Theatres and Anaesthetics", "Hillview", "Full time", "01234"),
    ("Hamish Muir", "ST8", "Cardiovascular", "Riverside", "Mon, Tue, Thu", "013"),
    ("Ifeoma Nwosu", "ST4", "Cancer and Haematology", "Hillview", "Not Fridays", "0123"),
    ("Joon-ho Park", "ST3", "Imaging", "Riverside", "rota (nights 1 in 8)", ""),
    ("Katya Morozova", "SpR", "General Medicine", "Hillview", "Tues, Wed, Thurs", "123"),
    ("Luca Ferrant", "ST6", "Acute and Emergency", "Riverside", "Mon, Tue, Wed", "012"),
    ("Maeve O'Connell", "ST5", "Children's", "Riverside", "Full time", "01234"),
    ("Nikhil Rao-Sharma", "ST4", "Surgery", "Hillview", "rota (nights 1 in 8)", ""),
    ("Odette Lacroix", "ST7", "Women's", "Riverside", "Mon to Thurs", "0123"),
    ("Piotr Zawada", "ST3", "Critical Care", "Hillview", "Full time", "01234"),
    ("Rhiannon Vale", "ST6", "General Medicine", "Riverside", "Not Fridays", "0123"),
]
MANAGERS = [
    ("Adeola Bright", "7", "Acute and Emergency", "Riverside", "Mon to Fri", "01234"),
    ("Brigid Tully", "6", "Finance", "Hillview", "Mon to Thurs", "0123"),
    ("Caspian Holt", "7", "Surgery", "Hillview", "Full time", "01234"),
    ("Delphine Archer", "6", "Outpatients", "Riverside", "Tues, Wed, Thurs", "123"),
    ("Edwin Kamau", "7", "Strategy and Improvement", "Riverside", "Not Fridays", "0123"),
    ("Fiona Strand", "6", "People/Workforce", "Hillview", "Mon, Tue, Wed", "012"),
    ("Gurpreet Sandhu", "7", "Digital", "Riverside", "Full time", "01234"),
    ("Hettie Malone", "6", "Children's", "Riverside", "Mon, Tue, Thu", "013"),
    ("Ismail Demir", "7", "Cancer and Haematology", "Hillview", "Full time", "01234"),
    ("Jocasta Finch", "6", "Estates", "Riverside", "Mon to Thurs", "0123"),
    ("Kofi Asante", "7", "Women's", "Riverside", "Not Fridays", "0123"),
    ("Leonie Marsh", "6", "Pharmacy", "Hillview", "Tues, Wed, Thurs", "123"),
    ("Marcus Yeo", "7", "Critical Care", "Hillview", "Full time", "01234"),
    ("Nerys Bevan", "6", "Imaging", "Riverside", "Mon, Tue, Wed", "012"),
    ("Oscar Lindqvist", "7", "General Medicine", "Riverside", "Mon to Fri", "01234"),
    ("Priya Nambiar", "6", "Nursing and Quality", "Riverside", "Not Fridays", "0123"),
    ("Quentin Hale", "7", "Corporate", "Hillview", "Full time", "01234"),
]
# Those of last year, eight a side: name, grade or band, directorate.
LAST_YEAR = (
    (
        ("Anneka Thorne", "ST4", "Surgery"),
        ("Bilal Rahmani", "ST6", "General Medicine"),
        ("Cerys Howell", "ST3", "Children's"),
        ("Dmitri Volkov", "ST5", "Critical Care"),
        ("Esther Nkemelu", "SpR", "Women's"),
        ("Fergus Dunmore", "ST7", "Imaging"),
        ("Grainne Kilbride", "ST4", "Acute and Emergency"),
        ("Harjit Bains", "ST5", "Cardiovascular"),
    ),
    (
        ("Imogen Frost", "7", "Outpatients"),
        ("Jasper Oyelaran", "6", "Finance"),
        ("Keziah Blunt", "7", "Surgery"),
        ("Lorcan Tighe", "6", "Estates"),
        ("Mina Tavakoli", "7", "Digital"),
        ("Noel Ashdown", "6", "Pharmacy"),
        ("Ottilie Crane", "7", "Critical Care"),
        ("Pavan Desai", "6", "Nursing and Quality"),
    ),
)
CLINICAL = ["operating theatre", "outpatient clinic", "ward round", "emergency department", "handover", "ward"]
MANAGERIAL = ["operational meeting", "public board", "finance and performance meeting", "bed/site/flow meeting"]
MANAGERIAL += ["complaints review", "business-case panel"]
PLACES = ["Canteen, Riverside", "Seminar room 2, Hillview", "https://meet.demo.example/first", "Garden, Riverside"]
INTERESTS = ["patient flow", "staff wellbeing", "safety", "digital records", "equality", "training"]
IDEAS = ["Shorter discharge letters", "Bleep-free handover", "Fewer missed appointments", "Late theatre starts", ""]


def taken(from_list: list[str], start: int, how_many: int) -> list[str]:
    """A few entries of a list, going round from a place: always the same for the same person."""
    return [from_list[(start + step * 2) % len(from_list)] for step in range(how_many)]
