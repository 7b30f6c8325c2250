"""General English: the words that carry no meaning of their own in a question, and those that are simply common.

Nothing here belongs to skin, hair or treatments beyond the most general words for them ("treatment", "face"). A word
that is in none of these lists, and that no rule used, is reported as not understood; so a word is filler only if
leaving it out never changes what is asked.
"""

from functools import cache
from importlib.resources import files

from decide.question.wordlist import word_set

SKIP = word_set(
    """a an the my his her their your our its this that these those some any all both is are am was were be been being
    has have had really actually just also quite so own lot load ton bunch of much bit me getting"""
)
"""Words that may stand inside a phrase of the catalogue without changing it: "bags under [both] my eyes"."""

BETWEEN = SKIP | word_set("( still constantly gradually slowly")
"""The same, where a question is read; a phrase of the catalogue keeps them: a printed name may hold a bracket, "still
red" is more than red.
"""

FUNCTION = SKIP | word_set(
    """i you he she it we they him them us myself yourself himself herself themselves mine yours one ones someone
    anyone everyone something anything everything somebody anybody thing things stuff and or but if then than
    because since as while when where which who whom whose what how why whether though although at by for from in
    into on onto to toward towards with within about around across after before during between among up down out off
    over under above below near through per via against along upon of do does did doing done will would shall should
    can could may might must ought cannot not no nor yes ok okay there here too very more most less least few many
    several other others another each every either neither such same only even ever still yet already again now
    today currently lately nowadays always often sometimes usually maybe perhaps probably possibly rather pretty
    fairly please pls plz thanks thank thankyou ta cheers etc eg ie else instead well oh um uh er hmm ah lol ha yeah
    yep ish st nd rd th s m re ve ll d t"""
)

_TALK = word_set(
    """hi hello hey hiya dear morning afternoon evening night good great nice day all everybody folks guys team post
    first second newbie new here luck love regards sorry welcome want wants wanted wanting need needs needed needing
    like liked looking look looks seeking seek searching search find finding found know knows knowing tell telling
    say ask asking asked question questions query wonder wondering think thinking thought guess suggest suggests
    suggested suggestion suggestions recommend recommends recommended recommendation recommendations rec recs advise
    advice idea ideas opinion opinions tip tips thoughts view choose choosing choice choices pick picking decide
    decided deciding decision consider considering considered hoping hope hopes wish curious lost confused stuck
    unsure sure interested mind feel feels feeling bother bothers bothered bothering fed keen go goes going gone
    come comes start starting starts begin try trying get gets got getting give gives given make makes made making
    take takes taking put let lets see seeing seems seem show become becomes keep keeps end ending turn use uses
    using used work works working worked help helps helping helped helpful fix fixes fixing fixed treat treats
    treating treated treatment treatments option options solution solutions way ways method methods procedure
    procedures therapy therapies product products remedy remedies approach approaches cure bet route step right kind
    kinds type types sort sorts available possible offer exist exists result results effective effectively efficient
    effect effects difference best better bad ideal perfect suitable top most real decent proper rid remove removes
    removing removed removal fade fades fading faded reduce reduces reducing improve improves improving improvement
    clear clears clearing cleared smooth smooths smoothing soften softening lighten lightening brighten even evens
    diminish minimise minimize tackle address deal dealing handle manage managing combat target eliminate erase
    correct correcting prevent stop stopping slow shift solve resolve repair heal spend spending pay paying afford
    budget budgets money cash total altogether max maximum min minimum tops limit limited approx approximately
    roughly circa cost costs costing price prices priced pricing quote quoted charge charged buy buying worth cheap
    dollars dollar bucks buck live living lives based located location area city town country near nearby local
    moving visiting person people patient patients friend friends somebody years old year develop developed
    developing have having happen happens happened appear appeared appearing caused cause left bit plus little much
    really honestly basically literally generally general exactly specifically especially mainly mostly particularly
    simply definitely certainly actually finally recently time times last lasts lasting different completely totally
    absolutely extremely incredibly super build willing easily raise raising smile frown wat wot whatever whichever
    anyway anyways btw fyi wonderful amazing appreciate appreciated doctor doc derm dermatologist gp calm calms
    calming save saving able unable likely apparently somewhat slightly particular specific special overall entire
    whole full aged myself online website site app engine tool read heard hear saw seen mentioned called named name
    term terms concern concerns concerned problem problems issue issues however therefore otherwise meanwhile unless
    until whereas despite although instead beside toward"""
) - frozenset({"year", "years"})

FACE = word_set(
    """face faces facial skin cheek cheeks forehead nose chin jaw jawline temple temples eye eyes eyelid eyelids
    undereye brow brows eyebrow eyebrows mouth lip lips head scalp hair hairs crown hairline complexion upper lower
    left right side sides area areas part parts region"""
)

FILLER = FUNCTION | _TALK | FACE
"""Words that are dropped without a word."""

MODIFIERS = word_set(
    """bad mild moderate severe terrible awful horrible ugly nasty stubborn old new multiple small tiny big large huge
    deep shallow light facial noticeable visible obvious faint prominent persistent permanent annoying embarrassing
    weird random teenage teen adolescent adult lingering leftover residual existing remaining various certain minor
    major slight serious extreme superficial raised flat rough scattered isolated widespread patchy gross hideous
    unsightly pesky lifelong longstanding recent fresh early"""
)
"""Words that say what a mark is like without making another thing of it: "stubborn spots", but not "stretch marks"."""


@cache
def english_stems() -> frozenset[str]:
    """English words, folded as tokens are: a word that is none of them may be a name."""
    return _listed("english_words.txt")


@cache
def everyday_stems() -> frozenset[str]:
    """The commonest English words, folded: "a small budget", "long hair"."""
    return _listed("everyday_words.txt")


@cache
def common_words() -> frozenset[str]:
    """Common English words of five letters and more: what is spelt right is never taken for a slip of the hand."""
    return _listed("common_words.txt")


def is_english(*forms: str) -> bool:
    """Whether a word, in any of these forms, is in one of the lists."""
    lists = (everyday_stems(), common_words(), english_stems())
    return any(form in known for form in forms for known in lists)


def _listed(name: str) -> frozenset[str]:
    """The words of a file, without its notice."""
    text = files("decide.question").joinpath(name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
