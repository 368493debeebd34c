"""Thirty sentences with a place for one person's full name, in eight genres.

They measure how many names of each region of the world are found in running text: no other person
stands in them. Where a name ends a sentence its point may be an initial's or "Jr."'s as well.
"""
SENTENCES = [
    ("news", "{} said on Tuesday that the talks would go on for another week."),
    ("news", "{} resigned yesterday after the court ruled against the government."),
    ("news", "{} and two other members of the delegation left before the vote."),
    ("news", "{}'s lawyers asked for more time to study the file."),
    ("news", "Police searched {}’s house in the early hours of Monday."),
    ("news", "The committee elected {} as its chair, with twelve votes against nine."),
    ("news", "Foreign Minister {} arrived for talks on trade and border security."),
    ("news", "Former President {} is being treated in hospital, a spokesman said."),
    ("news", "Reporters were told by Mr. {} that no decision had been taken."),
    ("news", "According to Professor {} of the economics department, prices will fall."),
    ("biography", "{} was born in a small fishing village and studied law in the capital."),
    ("biography", "{} (born 3 May 1961) is a politician and former teacher."),
    ("biography", "In 1987 she married {}, with whom she had three children."),
    ("biography", "The minister was succeeded in 1998 by {}."),
    ("biography", "Critics praised {}’s first novel when it came out in 1974."),
    ("quote", "{}: “We have nothing to hide.”"),
    ("quote", "“It was a long night for all of us,” said {}."),
    ("quote", "“Nobody asked us,” {} told the newspaper, “and nobody will.”"),
    ("headline", "{} Wins Second Term in Landslide Vote"),
    ("headline", "Flood Relief Fund to Be Led by {}"),
    ("dateline", "NAIROBI, March 4 – Opposition leader {} called on Sunday for new elections."),
    ("dateline", "GENEVA (Reuters) - A panel led by {} will present its report on Friday."),
    ("caption", "From left: the mayor, {}, and the head of the fire service at the new bridge."),
    ("caption", "{} at the opening of the new bridge on 12 March. Photo: AFP"),
    ("list", "Present: the chair, {}, the treasurer, and five guests."),
    ("list", "{}, Chief Executive Officer"),
    ("web", "By {}"),
    ("web", "Posted by {} on 14 June at 10:42"),
    ("web", "For tickets or more information, please contact {}."),
    ("web", "I have been a client of Dr. {} for six years and cannot complain."),
]


def record(name, frame):
    """The frame with the name as a gold document."""
    sentence = SENTENCES[frame][1]
    start = sentence.index("{}")
    return {"id": "%02d|%s" % (frame, name), "text": sentence.replace("{}", name),
            "entities": [[start, start + len(name), "PER", name]]}


def records(names):
    """Every name in every frame."""
    return [record(name, frame) for name in names for frame in range(len(SENTENCES))]
