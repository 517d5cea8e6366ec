"""A page that is watched: nothing leaves the machine, nothing breaks the content policy, axe finds nothing."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

# Chromium checks a declared font against the policy even if nothing uses it. Such a declaration is only in the source
# of the NHS style sheet, not in what is collected for a server (see its own test); a real request is aborted and told.
NOISE = "Loading the font 'https://assets.nhs.uk/"


class Watched:
    """Aborts and notes requests to the outside, and notes what the browser complains about."""

    def __init__(self, page, address: str) -> None:
        self.page, self.host = page, urlsplit(address).netloc
        self.went_out: list[str] = []
        self.complaints: list[str] = []
        page.route("**/*", self.let_through)
        page.on("console", self.listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def listen(self, said) -> None:
        if said.type == "error" and not said.text.startswith(NOISE):
            self.complaints.append(said.text)

    def let_through(self, route) -> None:
        parts = urlsplit(route.request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != self.host:
            self.went_out.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    def problems(self) -> list[str]:
        """What axe finds on the page as it stands, with what was seen before.

        A title is there before the page is: axe waits for the whole of it.
        """
        self.page.wait_for_load_state()
        found = Axe().run(self.page).response["violations"]
        said = [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
        return said + self.went_out + self.complaints

    def is_wider_than_screen(self) -> bool:
        """Whether somebody on this screen would have to scroll sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
