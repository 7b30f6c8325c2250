"""What was said of the person and could not be read: an illness, a medicine, an allergy that nobody lists.

Such words may forbid something, so they are told apart from all else that was not understood. A word is about the
person where it is one of health, or where it stands as something that one has or takes. Words of a concern, a place, a
price, a date or of what was tried before are none.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from decide.question.english import FACE, common_words, english_stems, everyday_stems
from decide.question.phrases import Hit
from decide.question.sheet import CLAUSE_BREAKS, Sheet
from decide.question.tokens import stem
from decide.question.vocabulary import CONCERN, PLACE, PROCEDURE, VAGUE
from decide.question.wordlist import word_set

_HEALTH = re.compile(
    r".*(?:osis|itis|a?emias?|aemic|opath(?:y|ies)|omas?|algias?|plegia|trophy|[a-z]{3}(?:otic|itic|leptic|plegic"
    r"|philiac)|syndromes?|diseases?|disorders?|deficiency"
    r"|insufficiency|diabet\w*|epilep\w*|asthma\w*|allerg\w*|intoleran\w*|haemoph\w*|hemoph\w*|thyroid\w*|porphyri\w*"
    r"|schizo\w*|medications?|medicines?|meds|inhibitors?|blockers?|statins?|[a-z]{3}(?:mab|nib|pril|sartan|olol|azole"
    r"|mycin|cillin|cycline|prazole|oxetine|azepam|azolam|formin|profen|xaban|parin|gliptin|glutide|thyroxine|triptan"
    r"|dronate|lukast|tidine|setron|zosin|dipine|profen|proate|azepine|tadine|rizine|oxacin|methasone|nisolone))"
)
_ILL = word_set(
    """polio pulmonary muscle muscles lump lumps breast photosensitive albino
    illness ill sick unwell condition surgery operation chemo chemotherapy radiotherapy radiation pacemaker implant
    defibrillator stent stoma dialysis transplant hormone hormones hrt contraception contraceptive coil iud pill pills
    clot clots clotting stroke heart kidney kidneys liver lung lungs immune nerve seizure seizures fit fits migraine
    migraines depression depressed anxiety bipolar psychosis adhd autism addiction alcoholic anorexia anaphylaxis
    anaphylactic epipen latex lidocaine penicillin aspirin ibuprofen antibiotic antibiotics insulin steroid steroids
    lithium warfarin valproate vaccine eczema psoriasis vitiligo hives gout lupus hiv cancer tumour tumor leukaemia
    leukemia ms me pcos endometriosis fibroid fibroids celiac coeliac crohn crohns tb pots ehlers danlos postpartum
    menopause perimenopause guillain barre parkinson parkinsons alzheimer alzheimers dementia huntington lymphedema
    rash hepatic biopsy catheter implants pump stimulator shunt condom condoms period fibromyalgia eds lyme g6pd
    lasik sperm fertility anorexic anorexia bulimia silicone testosterone
    permanent infection infected virus flu covid fever wound wounds bleeding bleeder anaemic anemic faint
    fainting glaucoma cataract cataracts blind deaf ssri ssris antidepressant antidepressants antihistamine
    antihistamines painkiller painkillers supplement supplements"""
)
_HAS = re.compile(
    r"(?:have|has|got|having|suffer(?:ing)? (?:from|with)|live with|living with|diagnosed with|allergic to|allergy to"
    r"|intolerant (?:to|of)|sensitive to|prone to|history of|positive for|on|taking|take|takes|prescribed|use|using|had"
    r"|treated (?:for|with)|been given|am|my)$"
)
_LOOSE = re.compile(r"(?:have|has|got|having|had|am|my)$")
"""After these an everyday word is none about health: "I have a small budget"."""
_WEAK = re.compile(r"(?:am|my)$")
"""After these alone only words that say of themselves that they are about health count."""
_ASKED = re.compile(
    r"(?:help with|helps|help|treatments?(?: for)?|best(?: for)?|(?:what|anything|something|cream|fix|cure) for|for"
    r"|treat|fix|clear|about|of|cause|causes|gave me|gives me|risk of|get rid of|will not cause)$"
)
_TAKEN = re.compile(r"(?:medications?|medicine|tablets?|pills?|treated|surgery|something|on|take|taking) (?:\w+ )?for$")
_SMALL_BEFORE = re.compile(
    r"(?: (?:a|an|the|some|any|mild|severe|bad|chronic|still|also|been|of|type|high|low|both|recently))+$"
)
_PLAIN = word_set(
    """acne pimples spots scars teen teens teenager exotic robotic hypnotic narcotic critic political
    wedding holiday event party job interview kid kids child children baby dog cat husband wife partner sister brother
    mum mom dad family friend boss nurse teacher student week weeks month months year years day days hour hours time
    instagram tiktok youtube facebook reddit google internet insurance money savings loan car house home work summer
    winter spring autumn january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday weekend christmas birthday appointment consultation booking
    freckles wrinkles pores texture tone colour color makeup foundation beard moustache tattoo tattoos shade glow
    symmetry weight losing jowls hands neck arms legs body back chest belly stomach knees dark pale fair light brown
    thick asian african indian hispanic latina latino black white caucasian mixed plain natural clumps bumps"""
)
_LOOKS = word_set("nail nails teeth tooth lip lips hands brows eyebrows lashes beard hair skin pores texture")
"""What is said of these is about looks, where no word of health stands beside them."""
_JOINED = ("and", "or", ",", "with", ":", "to")


def about_the_person(sheet: Sheet, left: frozenset[int]) -> tuple[str, ...]:
    """The words left over that are about the one who asks, as they were typed, each once."""
    spans: list[tuple[int, int]] = []
    whole = [hit for hit in sheet.hits if _stands_alone(hit) and left.issuperset(hit.indices)]
    left -= {i for hit in whole for i in hit.indices}
    for run in _runs(sheet, left):
        first, last = run[0], run[-1]
        if spans and [sheet.word(i) for i in range(spans[-1][1] + 1, first)] == ["to"]:
            first = spans.pop()[0]
        spans.append((first, last))
    return tuple(
        dict.fromkeys(
            sheet.said(first, last)
            for first, last in sorted((*spans, *((hit.start, hit.end - 1) for hit in whole), *_harmed(sheet)))
        )
    )


def _stands_alone(hit: Hit) -> bool:
    """Whether a phrase is about the person by itself: it leaves open what holds, or asks about a birth."""
    return hit.get(VAGUE) is not None or hit.get("state") == "asked"


def _harmed(sheet: Sheet) -> Iterable[tuple[int, int]]:
    """Where somebody says that a named treatment did harm: "Botox gave me droopy lids"."""
    for hit in sheet.of(PROCEDURE):
        before, after = sheet.hit_at(hit.start - 1), sheet.hit_at(hit.end)
        if before is not None and before.end == hit.start and _tells_of_a_reaction(sheet, before, "averse"):
            yield before.start, hit.end - 1
        elif after is not None and _tells_of_a_reaction(sheet, after, "post no"):
            yield hit.start, after.end - 1
        end = hit.end + 1
        if (sheet.word(hit.end), sheet.word(end)) in _DID:
            while end + 1 < len(sheet.tokens) and sheet.word(end + 1) not in (
                *CLAUSE_BREAKS,
                ",",
                "and",
                "but",
                "what",
            ):
                end += 1
            yield hit.start, end


def _tells_of_a_reaction(sheet: Sheet, hit: Hit, cue: str) -> bool:
    return cue in hit.all("cue") and any(sheet.word(i).startswith(_REACTIONS) for i in hit.indices)


_REACTIONS = ("allerg", "react", "sensitiv", "intoleran", "ochronosis", "nodule", "granuloma", "wrong", "rebound")
_DID = frozenset((did, whom) for did in ("gave", "made", "burned", "burnt", "caused", "hurt", "gives", "makes")
                 for whom in ("me", "my", "us"))  # fmt: skip


def _runs(sheet: Sheet, left: frozenset[int]) -> Iterable[Sequence[int]]:
    run: list[int] = []
    before: list[int] = []
    for i in (*sorted(left), len(sheet.tokens) + 1):
        if run and i != run[-1] + 1:
            if _is_about(sheet, run, bool(before) and _follows(sheet, before, run)):
                yield run
                before = run
            run = []
        run.append(i)


def _follows(sheet: Sheet, before: Sequence[int], run: Sequence[int]) -> bool:
    """Whether a run is joined to one that was about the person: "I have asthma and flurbosis"."""
    between = [sheet.word(i) for i in range(before[-1] + 1, run[0])]
    return 0 < len(between) < 4 and any(w in _JOINED for w in between) and all(_small(w) for w in between)


def _small(word: str) -> bool:
    return word in _JOINED or word in ("a", "an", "some", "also", "on", "take", "taking", "have", "am", "i", "my")


def _is_about(sheet: Sheet, run: Sequence[int], follows: bool) -> bool:
    words = [sheet.word(i) for i in run]
    if any(_is_another_thing(sheet, i) for i in run) or not any(w.isalpha() for w in words):
        return False
    line = " ".join(sheet.word(i) for i in range(max(0, run[0] - 6), run[0]))
    on_a = bool(re.search(r"\bon (?:a|an|the|my)$", line))
    line = _SMALL_BEFORE.sub("", f" {line}").strip()
    ill = any(w not in _PLAIN and (w in _ILL or _HEALTH.fullmatch(w)) for w in words)
    if ill:
        return not _ASKED.search(line) or bool(_TAKEN.search(line))
    if _is_a_bare_span(sheet, run):
        # how far along somebody is, it may be
        return True
    numbered = [sheet.tokens[i].number is not None for i in run]
    measured = any(w in _DOSES for w in words)
    if words[-1] in _LOOKS or (numbered[0] and not measured) or (any(numbered) and _SPAN.intersection(words)):
        # a sum, a date, an age
        return False
    strange = [
        w
        for i, w in zip(run, words, strict=True)
        if w.isalpha() and w not in (_PLAIN | FACE) and w not in common_words() and not sheet.is_filler(i)
    ]
    has = _HAS.search(line)
    said = has is not None and not _WEAK.search(line)
    if _is_of_a_concern(sheet) and any(map(_is_a_name, strange)) and not _is_of_another(sheet, run, line):
        return True
    if has is not None and (_LOOSE.search(has[0]) or on_a):
        strange = [w for w in strange if not {w, stem(w)} & everyday_stems()]
    return bool(strange) and (follows or said or measured or _daily(sheet, run))


def _is_a_bare_span(sheet: Sheet, run: Sequence[int]) -> bool:
    """Whether a number of weeks stands alone: "melasma, 24 weeks"."""
    alone = sheet.word(run[0] - 1) in (",", ";", ".", "(", "") and sheet.word(run[-1] + 1) in (",", ";", ".", ")", "")
    return alone and len(run) == 2 and sheet.tokens[run[0]].number is not None and sheet.word(run[1]) == "weeks"


@lru_cache(maxsize=4096)
def _is_a_name(word: str) -> bool:
    """Whether a word is no English one, nor a slip of the hand in a long one."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    known = english_stems()
    if word in known or stem(word) in known or word in _PLAIN:
        return False
    near = [k for k in known if k[0] == word[0]] if len(word) >= _LONG else ()
    return process.extractOne(word, near, scorer=OSA.distance, score_cutoff=1) is None


_LONG = 8
"""A word of so many letters with one letter wrong is a slip; a shorter one may be a name."""


def _is_of_a_concern(sheet: Sheet) -> bool:
    return any(hit.get(CONCERN) is not None for hit in sheet.hits)


def _is_of_another(sheet: Sheet, run: Sequence[int], line: str) -> bool:
    """Whether a name is a place's ("in Hobart"), a maker's ("by the FDA"), or that of what is asked about: "does X
    work", "X vs Y", "what about X".
    """
    first, last = run[0], run[-1]
    first -= sheet.word(first) not in _OR
    last += sheet.word(last) not in _OR
    compared = any(
        sheet.word(at) in _OR and bool((hit := sheet.hit_at(beyond)) and hit.get(PROCEDURE))
        for at, beyond in ((first, first - 1), (last, last + 1))
    )
    asked = (
        sheet.word(run[0]) in ("tried", "failed")
        or _ELSEWHERE.search(line)
        or _ASKED.search(line)
        or sheet.word(run[-1] + 1) in _DOES
    )
    town = sheet.word(first) == "," and (place := sheet.hit_at(first - 1)) is not None and place.get(PLACE) is not None
    return bool(compared or asked or town) and not ((has := _HAS.search(line)) and not _WEAK.search(has[0]))


_OR = word_set("vs versus v or than and with")
_DOES = word_set("work works working worth better worse help helps good vs versus than")
_ELSEWHERE = re.compile(
    r"(?:in|near|from|around|at|by|called|does|do|is|are|did|can|will|would|try|vs|versus|than|like)$"
)


def _daily(sheet: Sheet, run: Sequence[int]) -> bool:
    """Whether something is said to be taken day by day."""
    return any(sheet.word(i) in ("daily", "nightly") for i in (*run, run[-1] + 1, run[-1] + 2))


_DOSES = word_set("mg mcg iu tablet tablets capsule capsules injections jab shot")
_SPAN = word_set("euro euros rupee rupees week weeks month months year years day days hour hours euro euros rupees")


def _is_another_thing(sheet: Sheet, index: int) -> bool:
    """Whether a word is one of a concern, a treatment, a place or money."""
    hit = sheet.hit_at(index)
    return hit is not None and any(hit.get(kind) is not None for kind in ("concern", "procedure", "place", "currency"))
