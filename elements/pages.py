"""Pages of lists that are too long to be counted each time somebody opens them."""

from django.core.paginator import Page, Paginator

FURTHEST = 6  # digits of a page's number: nobody leafs so far


class Onwards(Paginator):
    """Pages of which no more is known than whether another follows: one row more than a page is read, none counted.

    What it offers is the pages until this one, and the next. There is no `count`.
    """

    num_pages = 1

    def get_page(self, number) -> Page:
        """The page of this number, the first where there is no such page."""
        asked = str(number or 1)
        at = max(int(asked), 1) if asked.isdecimal() and len(asked) <= FURTHEST else 1
        first = (at - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page + 1])
        if not rows and at > 1:
            return self.get_page(1)
        self.num_pages = at + (len(rows) > self.per_page)
        return Page(rows[: self.per_page], at, self)
