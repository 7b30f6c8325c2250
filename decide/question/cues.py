"""The phrases that say how the catalogue's words are meant: what is ruled out, who asks, what is preferred or asked.

Each table maps a meaning to the ways of saying it, separated by "|". Words fold as everywhere (case, plural, "don't" =
"do not"). A phrase here is looked for together with the catalogue's, and the longest match wins, so "not afraid of"
takes "not" away from the negators.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from decide.question.phrases import Phrases
from decide.question.tokens import stem

CUES: Mapping[str, str] = {
    # ------------------------------------------------------------ what is ruled out, accepted, or over
    "no": """no|not|0|zero|without|never|nothing|non|nor|neither|none of|minus|skip|skipping|avoid|avoiding|refuse
        |refusing|do not want|no more|not keen on|not interested in|rule out|ruling out|excluding|exclude|leave out
        |leaving out|would rather not|rather not|prefer not|am against|opposed to|not a fan of|not into|can not have
        |can not do|not up for|wary of|stay away from|steer clear of|get out of|not willing to|not comfortable with
        |not ok with|not okay with|unable to""",
    "averse": """hate|hating|dread|dreading|dislike|scared of|afraid of|bad reaction to|reaction to
        |reacted badly to|react badly to|react to|reacted to|sensitive to|intolerant of
        |terrified of|frightened of|fear of
        |fearful of|phobia of|phobia about|phobic about|phobic of|petrified of|squeamish about|can not stand
        |can not bear|can not face|sick of|fed up with|allergic to|freaked out by|can not tolerate|nervous of
        |have a fear of|have a phobia of|do not like|not like""",
    "except": """anything but|anything except|anything other than|everything but|everything except|all but|except
        |except for|besides|apart from|aside from|other than|nothing but not|but not|just not|only not
        |anything besides|anything apart from|excluding|not including|beside""",
    "accept": """do not mind|not mind|not afraid of|not scared of|not bothered by|not bothered about
        |not worried about|not terrified of|no problem with|no issue with|no fear of|no objection to|not against
        |not opposed to|not averse to|do not hate|do not care about|fine with|ok with|okay with|happy with
        |happy to have|happy to do|open to|cool with|willing to have|willing to do|willing to accept|willing to try
        |willing to go through|willing to undergo|comfortable with|can handle|can tolerate|can cope with
        |can live with|can deal with|up for|not allergic to|no qualms about|not squeamish about|do not dislike
        |have time for|can manage|not fussed about|prepared to have|do not fear|not phobic of|not nervous about
        |do not worry about""",
    "neutral": """not sure|not certain|do not know|no idea|not just|not only|or not|why not|if not|no matter
        |no doubt|not yet|never mind|not bad|can not decide|can not choose|nothing works|nothing helps
        |nothing has worked|nothing seems to work|nothing worked|nothing helped|have not decided|no clue
        |not convinced|no one|not much|not much money|not too much|not have much|do not have much|not enough
        |can not afford much|no particular|no preference|not really sure|do not understand|not understand
        |not getting any better|will not go away|not going away|will not fade|not fading|never goes away|not heard
        |never heard|have not heard|not improving|not get any better|not happy about|can not get rid of|not the only
        |no budget limit|not necessarily""",
    "past": """tried|have tried|have had|i had|had|already had|had done|have done|i did|did|i use|i used|i am using
        |using|been using|have used|used|already use|already using|already on|already doing|already do|already tried
        |currently on|currently using|currently use|am on|is on|are on|was on|been on|currently have|after|since
        |following|my last|last|previous|prior|past|failed|i take|i got|do not respond to|not respond to
        |not responding to|not responded to|no luck with|no success with|no result from|no result with
        |no improvement from|no improvement with|not happy with|unhappy with|disappointed with|disappointed by
        |not impressed with|not impressed by|not satisfied with|finished|stopped|stopped using|stopped taking|quit
        |gave up on|never had|never tried|never used|never done|have not tried|have not had|not tried|not had yet
        |came off|coming off|bad experience with|recovering from|before
        |before my|ahead of|on top of my|love my|like my|my regular|my usual|my existing|have regular|get regular
        |in addition to my|my current|current|botched|tried and failed with|had bad|spent|wasted|splurged""",
    "can use": """can i use|should i use|could i use|may i use|do i use|if i use|would i use|shall i use|to use
        |i can use|i should use|i could use|should i be using|is using|start using|started using|try using
        |i use instead|about using|consider using|considering using|worth trying|worth using|worth having had
        |should i have had|should have|could i have|think of trying|thinking of trying|about trying|consider trying
        |considering trying|keen on trying|and trying|by using|by trying|of using|of trying|or using|from using
        |with using|without using|try|thinking of using|used for|is used|are used|used to|used in|used on|be used
        |can use|recommend using|get used to|before and after|did you|how did|what did|do i need before|it did
        |that did""",
    "post no": """allergy|allergic|sensitivity|intolerance|intolerant|ochronosis|nodule|granuloma|gone wrong|went wrong
        |sting|stings|stung|burn my skin|burns my skin|burned my skin|burnt my skin|burn last time|burns last time
        |droop|droop last time|rebound|reaction last year|reaction last time|migrated|is out|are out
        |is out of question|are out of question|out of question|is off table|are off table
        |off table|is not an option|are not an option|not an option|is not possible|are not possible|is a no
        |is a no no|are a no no|is a no go|are a no go|no go|is not for me|are not for me|not for me|scare me
        |scares me|terrify me|terrifies me|freak me out|freaks me out|make me faint|makes me faint|is impossible
        |are impossible|is ruled out|are ruled out|are excluded|not acceptable|frighten me|frightens me
        |is a dealbreaker|is a deal breaker|are a deal breaker|phobia|phobic|free|excluded|not happening
        |not on table|give me the creeps""",
    "post accept": """is fine|are fine|fine by me|fine with me|is ok|are ok|is okay|are okay|is no problem
        |are no problem|is not a problem|are not a problem|not a problem|no problem|is no issue|are no issue
        |not an issue|is not an issue|is acceptable|are acceptable|not a concern|do not bother me|not bother me
        |does not matter|do not matter|not matter|do not scare me|not scare me|do not worry me|not worry me
        |is welcome|are welcome|is possible|is an option|are an option|is not important|not important|is allowed
        |are allowed|not a big deal|not a dealbreaker|is manageable|acceptable""",
    "post past": """did not work|not work for me|does not work for me|did nothing|did not help|not help|not helping
        |failed|has not worked|have not worked|not worked|not working|was useless|were useless|made it worse
        |made them worse|stopped working|did not do anything|did not do much|not do anything|not do much|last year
        |last month|last week|last summer|year ago|month ago|week ago|did not suit me|gave me a rash
        |irritated my skin|broke me out|did little|did not last|wore off|ago|gave me|was a disaster|was disappointing
        |were disappointing|was painful|made no difference|was no good""",
    "same": "so is|so are|neither is|neither are|and so is|and so are|same for|same goes for|ditto for",
    # ------------------------------------------------------------ what is asked
    "worth": """worth|worth it|worth money|worth price|worth cost|worth hype|worth expense|worth paying
        |worth getting|worth doing|worth trying|worth having|waste of money|waste money|wasting money
        |waste of time and money|rip off|ripoff|overpriced|scam|value for money|good value|better use of|good use of
        |better way to spend|money well spent|well spent|better spent|justify price|justify cost|justify money
        |justified|too expensive|better off spending|overhyped|hype|all hype|gimmick|snake oil|just a fad|down drain
        |con|money down drain|throwing money away|throw money away|worthwhile|use money better|good deal|fair price
        |price fair|bargain|reasonable price|good price|fair deal""",
    "alternative": """alternative to|alternative for|alternatives to|instead of|rather than|in place of
        |replacement for|replace|substitute for|instead|better than|cheaper than|safer than|as good as|alternative""",
    "compare": """vs|versus|v|compare|compared to|compared with|comparing|comparison|comparison between|better than
        |better then|worse than|worse then|difference between|differ from|head to head|pros and cons|choose between
        |decide between|torn between|or|which is better|which one|which works better|which is best|instead of
        |rather than|over|against|than|prefer|stack up|the difference|outperform|beat|as good as|superior to
        |better or|differences""",
    "plan": """plan|treatment plan|combination|combine|combining|combined|combo|routine|package|regimen|regime
        |together|protocol|bundle|program|programme|roadmap|at the same time|alongside|mix|pair with|pair|layer with
        |layering|stack with|in conjunction with|multi step""",
    "not plan": """i plan to|we plan to|plan on|planning|planning to|planning on|i plan|we plan|payment plan
        |insurance plan""",
    "show": """how much|how much downtime|what is downtime|how long is downtime|how long downtime|how expensive
        |price of|cost of|price for|cost for|price|what does it cost|how many session|how many treatment
        |how many syringe|how many unit|how many vial|how many round|how many visit|how many|how often|how long
        |how long does|side effect|side-effect|risk of|risks|risk|danger of|dangerous|tell about|tell more about
        |explain|describe|info on|info about|information on|information about|what is involved|what happens
        |what should i expect|what to expect|downtime of|downtime for|downtime after|downtime from|painful|hurt
        |how soon|how quickly|how fast|who sells|more about|learn about|know about|how does it work|how do they work
        |average price|average cost|going rate|cost|what are risk|contraindication|how safe|safe|safety|details on
        |details of|what exactly is|mean by|recovery time|recovery time of|recovery time for|recovery time after""",
    "why": """evidence|proof|scientific evidence|clinical evidence|study|studies|research|trial|clinical trial|data
        |efficacy|effectiveness|success rate|how effective|how good|how well|any good|good for|good idea|any use
        |recommended|recommended for|recommended in|why is|why are|why do|why does|why would|should i get
        |should i try|should i have|should i go for|should i use|should i do|should i take|should i start
        |should i book|should i buy|should i consider|do anything|make difference|science behind|backed by
        |does it work|does it help|worth considering|useful for|helpful for|effective for|effective in
        |effective against|effective on|effective at|work for|work on|work in|work against|work well for|help with
        |suitable for|right for|would you recommend|do you recommend|proven for|proven to|proven|evidence for
        |evidence of|evidence behind|evidence on|evidence that|get rid of|legit|really work|actually work
        |any benefit|benefit|do for|help|think about|think of|thoughts on|opinion on|view on|take on
        |would benefit from|what can i expect from""",
    "whether": """does it work|do they work|will it work|would it work|can it work|is it enough|is it effective
        |is it any good|will it help|would it help|does it help|can it help|do these work|does this work
        |does that work|do those work|is it good|do they help|does this help|is it useful|will this work
        |will this help|is that enough|are they effective|are they any good""",
    "best": """best|what work|what help|which|recommend|suggest|option|what can i|what should|what could|what would
        |how do i|how can i|how to|what can|cheapest|fix|get rid of|what else|treatment for|want|need|looking for
        |ideas|anything|something|what to do|where do i start|what do you|how would you""",
    # ------------------------------------------------------------ not ours, though it sounds like it
    "unread": """normal blood pressure|blood pressure is normal|blood pressure is fine|normal bp|hair removal|facial
    hair|body hair|unwanted hair|ingrown hair|stretch mark|birth mark|birthmark
        |beauty spot|beauty mark|beauty spots|g spot|bruise|dry skin|oily skin|sensitive skin
        |red eye|black head|white spot|white patch|white mark|bald tire|skin tag|age of|loose neck
        |double chin|lash|gray hair|hair color|hair dye|dry hair|frizzy hair|hair transplant scar|chapped lip
        |dry lip|thin lip|bigger lip|lip volume|body|cellulite|in my teen|my teen year|since my teen|as a teen
        |as a teenager|from my teen|when i was a teen|when i was a teenager|teenage acne|teen acne|teenage year
        |since i was a teenager|since i was a teen|was a teen
        |was a teenager|nursing student|nursing school|nursing degree|nursing home""",
    # ------------------------------------------------------------ nothing at all
    "filler": """no med|no medication|no medicine|no medical condition|no medical problem|no health problem
        |no health issue|no health condition|no illness|no disease|no other condition|no known allergy
        |not take any medication|not take any medicine|not take medication|not take anything|not on any medication
        |not on medication|not on any med|not on anything|otherwise healthy|am healthy|healthy|bottom line
        |in line with|along the line|on the spot|blind spot|soft spot|sweet spot|in the dark
        |read between the line|hit the mark|question mark|long run|by the way|first of all|for year|for age
        |for a while|for a long time|all my life|at the moment|at this point|right now|these days|this year|at all
        |of course|as well|in general|in total|in all|all in|in advance|a lot|to be honest|what about|how about
        |once and for all|as soon as possible|what kind of|so many year|over the year|many year|several year
        |for the lot|for the long run|make me look|makes me look|a bit|my best bet|best bet|next step|in the end
        |no offence|no offense|no worry|on a budget|in my case|in my area|with my money|with this money|my money
        |make mark|mark my word|patch test|long term|short term|price line|bald truth|money is no object
        |money no object|price is no object|cost is no object|no object""",
}

STATES: Mapping[str, str] = {
    "pregnant": """pregnant|in pregnancy|during pregnancy|while pregnant|pregnancy safe|safe for pregnancy
        |safe in pregnancy|expecting a baby|expecting my first|expecting my second|during my pregnancy
        |pregnancy friendly|with child|mum to be|mom to be|preggo|preggers|gestating|gestation|second trimester
        |third trimester|2 trimester|3 trimester|2nd trimester|3rd trimester|my trimester|baby due|baby is due
        |my due date|might be pregnant|may be pregnant|could be pregnant|possibly pregnant|think i am pregnant
        |my period is late|period is late|missed my period|missed a period|late period|knocked up|having a baby
        |having twins|carrying twins|carrying triplets|carrying a baby|carrying a child|surrogate|surrogate mother
        |gestational carrier|in the family way|baby bump|mother to be|mama to be|gravida|eating for two
        |bun in the oven|up the duff|baby on board|baby on the way|little one on the way|child on the way
        |positive pregnancy test""",
    "breast_feeding": """breastfeeding|breast feeding|breast feed|breastfeed|breastfed|nursing|nursing a baby
        |nursing mother|lactating|lactation|nursing mum|nursing mom|pumping|pumping milk|pumping breast milk
        |expressing milk|ebf|breast milk|exclusively breastfeeding|feeding my newborn|feeding my baby
        |feeding my infant|chestfeeding""",
    "trying_to_conceive": """trying to conceive|ttc|trying for a baby|trying for baby|trying for another baby
        |trying for a child|trying to get pregnant|trying to become pregnant|trying to fall pregnant
        |planning a pregnancy|planning pregnancy|planning to get pregnant|planning to become pregnant
        |planning for a baby|planning to conceive|want to get pregnant|hoping to get pregnant|hoping to conceive
        |want to conceive|wanting to conceive|plan to get pregnant|doing ivf|going through ivf|undergoing ivf
        |hoping for a baby|plan to conceive|hope to get pregnant|hope to conceive|planning a baby
        |want to become pregnant|hoping to become pregnant|try for a baby|try to conceive|not pregnant but trying
        |not pregnant yet but trying|not pregnant yet|not pregnant yet trying|trying for a kid|trying for kids
        |trying to have a baby|trying for number two|trying for our first|trying for our second|stopped using condoms
        |stopped contraception|stopped birth control|stopped taking the pill|came off the pill|stopped the pill
        |having ivf|starting ivf|ivf cycle|doing fertility treatment|fertility treatment|ivf|not preventing
        |embryo transfer|planning a family|planning our family|start a family|starting a family|want kids
        |want children|want a baby|want another baby|trying for a little one|trying for another|trying for a boy
        |trying for a girl|trying for our third|iui|egg retrieval""",
    "unread": """was pregnant|were pregnant|been pregnant|got pregnant|get pregnant|getting pregnant
        |before pregnancy|after pregnancy|since pregnancy|past pregnancy|since my pregnancy|after my pregnancy
        |last pregnancy|from pregnancy|pregnancy|postpartum|finished breastfeeding|stopped breastfeeding
        |done breastfeeding|no longer breastfeeding|no longer pregnant|after breastfeeding|after breast feeding
        |finished nursing|stopped nursing|used to be pregnant|menopause""",
    "asked": """mini pill|progesterone only pill|progestogen only pill|depo shot|depo injection|contraceptive injection
        |contraceptive implant|nexplanon|implanon|mirena|iud|coil|copper coil|gave birth|given birth|just had a baby
        |had a baby|new mum|new mom|new mother|newborn|my newborn
        |postpartum|post partum|postnatal|my baby is|c section|had a miscarriage|miscarriage""",
}

PREFER: Mapping[str, str] = {
    "cheapest": """cheapest|cheap|cheaper|least expensive|less expensive|more affordable|most affordable|affordable
        |affordably|lowest cost|lowest price|lowest priced|low cost|budget friendly|inexpensive|inexpensively
        |as cheap as possible|cheaply|least money|cost least|cost less|costs least|costs less|most economical
        |economical|lowest budget|on the cheap|cheap as possible""",
    "most-effective": """most effective|strongest|more effective|most powerful|works the best|biggest improvement
        |most improvement|stronger|most dramatic|biggest difference|greatest improvement|more powerful
        |whatever works best|highest success rate|most potent|most efficacious|biggest effect|max result
        |maximum result""",
    "most-proven": """most proven|best proven|better proven|whatever is proven|proven|evidence based|best evidence
        |most evidence|more evidence|better evidence|stronger evidence|strongest evidence|best studied|most studied
        |most researched|best researched|scientifically proven|clinically proven|backed by science
        |backed by evidence|backed by research|backed by study|science backed|research backed|evidence backed
        |science based|most scientifically proven|best supported|most reliable evidence|best backed|solid evidence
        |good evidence behind|real evidence behind|most trial|actually proven|well proven|has been proven
        |gold standard|best data""",
    "fastest": """fastest|quickest|faster|quicker|fast|quick|fast result|quick result|quick fix|asap|soonest|quickly
        |speediest|quickest result|fastest result|fastest acting|fast acting|as fast as possible
        |as quickly as possible|works fastest|work faster|rapid|rapidly|in a hurry""",
    "least-downtime": """least downtime|minimal downtime|minimum downtime|little downtime|low downtime
        |short downtime|shortest downtime|less downtime|lowest downtime|as little downtime as possible
        |not much downtime|without much downtime|quick recovery|fast recovery|shortest recovery|quickest recovery
        |fastest recovery|minimal recovery|minimal recovery time|least recovery time|least time off|minimal time off
        |not too much downtime|little recovery time|short recovery|short recovery time|less recovery time
        |very little downtime|easy recovery|easiest recovery|hardly any downtime|next to no downtime
        |almost no downtime|barely any downtime|limited downtime|too much downtime|least amount of downtime
        |smallest downtime|least healing time|minimal healing time|without a lot of downtime|not a lot of downtime
        |little time off|minimal disruption""",
    "longest-lasting": """longest lasting|lasts longest|last longest|most durable|long lasting|permanent|permanently
        |lasts longer|last longer|most permanent|longer lasting|most lasting|lasting result|for good|durable
        |lasts a long time|stays longest""",
    "safest": """safest|safer|lowest risk|least risk|low risk|lower risk|least risky|less risky|fewest side effect
        |least side effect|fewer side effect|gentlest|safe as possible|as safe as possible|minimal risk
        |least harmful|minimal side effect|least dangerous|lowest side effect|no side effect|without side effect
        |few side effect|safest possible""",
}

SEXES: Mapping[str, str] = {
    "male": "man|male|guy|bloke|boy|gentleman|dude|groom|fella|mens|mr",
    "female": "woman|female|lady|girl|bride|womens|ladies|mrs",
}
RELATIONS: Mapping[str, str] = {
    "male": """husband|boyfriend|dad|father|son|brother|uncle|grandfather|grandpa|grandad|nephew|hubby|father in law
        |stepdad|daddy""",
    "female": """wife|girlfriend|mum|mom|mother|daughter|sister|aunt|auntie|grandmother|grandma|gran|nan|niece
        |mother in law|mummy|mommy|stepmum|stepmom""",
}


def ways(listed: str) -> Iterator[tuple[str, ...]]:
    """The phrases of a table's entry, each as stems."""
    for phrase in listed.split("|"):
        yield tuple(stem(word) for word in phrase.replace("-", " ").split())


def _add(phrases: Phrases, kind: str, table: Mapping[str, str]) -> None:
    for value, listed in table.items():
        for key in ways(listed):
            phrases.add(key, kind, value, exact=True)


@cache
def rule_phrases() -> Phrases:
    """Every phrase of the tables, made once."""
    phrases = Phrases()
    for cue, listed in CUES.items():
        for key in ways(listed):
            phrases.add(key, "cue", cue, exact=True)
    for kind, table in (
        ("state", STATES), ("prefer", PREFER), ("sex", SEXES), ("relation", RELATIONS),
    ):  # fmt: skip
        _add(phrases, kind, table)
    return phrases
