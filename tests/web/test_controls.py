"""No control is dead, and no answer a dead end."""

import re
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from decide.catalog import Catalog
from tests.web.pagework import Page, Pairs

ASKED: dict[str, Pairs] = {
    "ranking": [("concern", "acne-scars"), ("budget", "2000"), ("exclude", "subcision")],
    "plan": [("intent", "plan"), ("concern", "acne-scars"), ("concern", "pigment"), ("budget", "2500")],
    "worth it": [("intent", "instead"), ("procedure", "prp-injection"), ("concern", "hair-loss"), ("budget", "2000")],
    "card": [("intent", "show"), ("procedure", "microneedling")],
    "comparison": [
        ("intent", "compare"), ("procedure", "microneedling"), ("procedure", "subcision"), ("concern", "acne-scars"),
    ],
    "why": [("intent", "why"), ("procedure", "prp-injection"), ("concern", "hair-loss"), ("sex", "male")],
}  # fmt: skip
OTHER = {
    "concern": "wrinkles", "budget": "700", "per": "session", "market": "uk", "profile": "tight-budget", "age": "40",
    "sex": "female", "skin_type": "5", "max_downtime": "1",
}  # fmt: skip
"""What a control is set to, where it is not one to tick or to slide."""
MONTHS = ["36", "3"]
RARE = {"borrow"}
"""Bears on an answer only where a price is borrowed."""
FEW = {"plan"}
"""Here weights only say what is worth more than doing nothing: not each of them moves every plan."""


def told(client: TestClient, fields: Pairs) -> tuple[int, str]:
    """What an answer says: its texts, without its links and what its forms carry."""
    page = client.get(f"/answer?{urlencode(fields)}")
    return page.status_code, " ".join(re.sub(r"<[^>]+>", " ", page.text.partition('<nav class="next"')[0]).split())


@pytest.mark.parametrize("kind", ASKED)
def test_every_control_on_the_form_changes_the_answer(kind: str, client: TestClient) -> None:
    asked = ASKED[kind]
    text = client.get(f"/?{urlencode(asked)}").text
    form = text.partition('<form id="details"')[2].partition("</form>")[0]
    controls = dict.fromkeys(re.findall(r'<(?:select|input)(?! type="hidden")[^>]* name="([^"]+)"', form))
    values = re.findall(r'type="checkbox" name="(avoid|condition|pregnant|trying|feeding)" value="([^"]+)"', form)
    first = told(client, asked)
    dead = []
    treated = next((value for name, value in asked if name == "procedure"), "microneedling")
    for name in controls:
        if name in RARE:
            continue
        if name in ("avoid", "condition", "pregnant", "trying", "feeding"):
            changes = [[*asked, pair] for pair in values if pair[0] == name][:4]
        elif name in ("procedure", "exclude") or (name == "concern" and kind == "plan"):
            changes = [
                [pair for k, pair in enumerate(asked) if k != max(i for i, p in enumerate(asked) if p[0] == name)]
            ]
        elif name == "kind":
            kinds = re.findall(r'<option value="([a-z-]+/[a-z-]+)"', form)
            changes = [[*asked, ("kind", kinds[0])]] if kinds else []
        else:
            others = (
                ["0", "60"]
                if name.startswith("w_")
                else [f"{treated}=999"]
                if name == "price"
                else MONTHS
                if name == "horizon"
                else [OTHER[name]]
            )
            # a sum is so much a visit only where there is one
            more = [("budget", "700")] if name == "per" else []
            changes = [[*(p for p in asked if p[0] not in (name, *dict(more))), *more, (name, x)] for x in others]
        if changes and all(told(client, change)[1] == first[1] for change in changes):
            dead.append(name)
    assert [name for name in dead if not (kind in FEW and name.startswith("w_"))] == []
    assert not dead or "w_cost" not in dead


def test_weights_stand_only_where_something_is_weighed(client: TestClient, catalog: Catalog) -> None:
    for kind, asked in ASKED.items():
        had = [*asked, ("profile", "safest"), ("w_cost", "3.5")]
        text = client.get(f"/?{urlencode(had)}").text
        assert ('id="weights"' in text) == (kind not in ("worth it", "card"))
        # what no control shows is carried all the same
        (form,) = [form for form in Page(text).forms if form.name == "details"]
        assert {("profile", "safest"), ("w_cost", "3.5")} <= {*form.fields}


def test_no_link_leads_to_the_page_that_it_stands_on(client: TestClient) -> None:
    for asked in ASKED.values():
        where = f"/?{urlencode(asked)}"
        links = [f"{link.path}?{urlencode(link.fields)}" for link in Page(client.get(where).text).links]
        assert where not in links


@pytest.mark.parametrize("fields", [
    [("concern", "pigment"), ("budget", "10")],
    [("q", "acne scars no needles no lasers at home only no prescription under $30")],
    [("concern", "wrinkles"), ("kind", "wrinkles/dynamic"), ("avoid", "clinic"), ("avoid", "prescription")],
    [("intent", "plan"), ("concern", "acne-scars"), ("concern", "volume-loss"), ("budget", "20")],
])  # fmt: skip
def test_doors_lead_out_of_where_nothing_fits(fields: Pairs, client: TestClient) -> None:
    text = client.get(f"/?{urlencode(fields)}").text
    assert 'data-option="' not in text
    for _ in range(6):
        doors = [link for link in Page(text).links if link.door and link.path == "/"]
        if not doors:
            break
        text = client.get(f"/?{urlencode(doors[0].fields)}").text
    assert 'data-option="' in text or 'class="courses"' in text or 'data-unmeasured="' in text


def test_what_is_not_understood_leads_to_the_concerns(client: TestClient, catalog: Catalog) -> None:
    for path in ("/?q=zzz&age=40", "/?q=something+for+spots", "/nowhere"):
        text = client.get(path).text
        found = re.findall(r'class="tile" href="[^"]*concern=([a-z-]+)', text)
        assert found == [*catalog.concerns]
        assert ("age=40" in text) == ("age" in path)


@pytest.mark.parametrize("ticked", [[], ["subcision"], ["subcision", "adapalene", "tretinoin", "pico-laser"]])
def test_too_few_or_too_many_ticks_leave_the_answer_standing(ticked: list[str], client: TestClient) -> None:
    asked = [("concern", "acne-scars"), ("age", "40"), *(("with", name) for name in ticked)]
    page = client.get(f"/compare?{urlencode(asked)}")
    assert page.status_code == 422
    assert "Tick two or three" in page.text
    assert 'data-option="' in page.text
    assert 'name="age" value="40"' in page.text
