"""The national staff groups, by their national code. A side does not follow from a staff group."""

from cohorts.taxonomies.row import Entry

STAFF_GROUPS = (
    Entry("01", "Medical and Dental", aliases=("medical", "doctor")),
    Entry("02", "Students", aliases=("student",)),
    Entry("03", "Nursing and Midwifery Registered", aliases=("nursing", "midwifery", "nurse", "midwife")),
    Entry("04", "Allied Health Professionals", aliases=("AHP", "allied health professional", "therapist")),
    Entry("05", "Additional Professional Scientific and Technical", aliases=("pharmacist", "psychologist")),
    Entry("06", "Healthcare Scientists", aliases=("healthcare scientist", "biomedical scientist")),
    Entry("07", "Additional Clinical Services", aliases=("healthcare assistant", "HCA")),
    Entry("08", "Administrative and Clerical", aliases=("admin and clerical", "A&C", "manager", "management")),
    Entry("09", "Estates and Ancillary", aliases=("estates", "facilities")),
    Entry("10", "Supplementary Roles", aliases=("supplementary",)),
)
