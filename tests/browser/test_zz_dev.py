import pytest
from tests.browser.person import *
from tests.browser.test_behaviours import COVERED
pytestmark = pytest.mark.browser
def test_w(person):
    officer = person("health.officer"); case = officer.case("百合美容会所")
    for size in (DESKTOP,PHONE):
      page = officer.open(f"/cases/{case}/diagram"); officer.size(size); page.wait_for_selector(".djs-shape"); page.wait_for_timeout(500)
      logo=page.locator(".bjs-powered-by")
      print(size, logo.count(), logo.bounding_box(), logo.evaluate(COVERED), page.evaluate("[innerHeight, scrollY, document.scrollingElement.scrollHeight]"))
      page.screenshot(path=f"/tmp/w{size[0]}.png")
