"""Every link on a page opens the option that it names, and asks the same question of it."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

PAGES = (
    "/?concern=acne-scars&market=uk&skin_type=5&budget=900",
    "/?q=redness+under+%242000",
    "/compare?concern=acne-scars&with=subcision&with=microneedling%2Bsuperficial-peel",
    "/instead?for=exosomes&market=uk",
    "/?q=plan+acne+scars+and+pigment+under+%C2%A32000",
    "/options/exosome-serum?market=uk",
    "/options/tretinoin?market=uk",
    "/?q=plan+pigment+age+spots+and+acne+scars+under+%C2%A32000",
)
LINK = re.compile(r'<a (?:class="[^"]*" )?href="(/options/[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)


def links(client: TestClient, page: str) -> dict[str, str]:
    """Addresses of options with the names that they are given."""
    text = client.get(page).text
    found = [(unescape(href), unescape(re.sub(r"<[^>]+>", "", name)).strip()) for href, name in LINK.findall(text)]
    return {href: name for href, name in found if not name.startswith("Why")}


@pytest.mark.parametrize("page", PAGES)
def test_a_link_opens_what_it_names(client: TestClient, page: str) -> None:
    found = links(client, page)
    assert found
    for href, name in found.items():
        response = client.get(href)
        assert response.status_code == 200, href
        heading = re.search(r"<h1>(.*?)</h1>", response.text, re.DOTALL)
        assert heading
        title = unescape(heading[1])
        concern = page.startswith("/options/")
        wanted = f" for {name.lower()}" if concern else f"{name.rstrip('!†')} for "
        assert (wanted in title) if concern else title.startswith(wanted), (href, name, title)


def test_ids_with_a_plus_and_a_part_course_are_among_them(client: TestClient) -> None:
    every = [urlsplit(href).path for page in PAGES[:2] for href in links(client, page)]
    assert any("%2B" in path for path in every)
    assert any(re.search(r"/\d+-sessions$", path) for path in every)


@pytest.mark.parametrize("page", [*PAGES[:2], "/?concern=hair-loss&sex=male"])
def test_a_part_course_opens_as_itself(client: TestClient, page: str) -> None:
    text = client.get(page).text
    places = dict(re.findall(r'data-option="([^"]+)".*?<td class="n">(\d+)</td>', text, re.DOTALL)) | dict(
        re.findall(r'data-option="([^"]+)">\s*<div class="head">\s*<span class="place"[^>]*>(\d+)<', text)
    )
    for href in links(client, page):
        identity = urlsplit(href).path.removeprefix("/options/").replace("%2B", "+")
        if identity in places:
            assert f"Place {places[identity]} of" in client.get(href).text, href


@pytest.mark.parametrize("page", PAGES[:1])
def test_a_link_carries_the_question(client: TestClient, page: str) -> None:
    asked = parse_qs(urlsplit(page).query)
    for href in links(client, page):
        assert {k: v for k, v in parse_qs(urlsplit(href).query).items() if k in asked} == asked


def test_a_link_of_a_kind_opens_that_kind(client: TestClient) -> None:
    """Of one concern the card has a line for each kind, and each opens its own."""
    found = links(client, "/options/tretinoin?market=uk")
    of_pigment = {name for name in found.values() if name.startswith("Pigment, ")}
    assert len(of_pigment) > 1
    titles = {re.search(r"<h1>(.*?)</h1>", client.get(href).text)[1] for href in found}  # type: ignore[index]
    assert len(titles) == len(found)


def test_an_option_of_a_plan_opens_for_the_kind_that_was_planned(client: TestClient) -> None:
    found = links(client, PAGES[-1])
    about = [href for href in found if "about=pigment" in href]
    assert about
    assert all("age spots" in client.get(href).text.split("</h1>")[0] for href in about)


@pytest.mark.parametrize("who", ["sex=male", "sex=female", "pregnant=yes"])
@pytest.mark.parametrize("name", ["minoxidil-topical", "low-level-light", "finasteride-oral"])
def test_a_card_leads_nobody_to_a_kind_of_the_other_sex(client: TestClient, name: str, who: str) -> None:
    text = client.get(f"/options/{name}?concern=hair-loss&{who}").text
    for href in {unescape(href) for href in re.findall(r'href="(/[^"#]+)"', text)}:
        assert client.get(href).status_code == 200, href
