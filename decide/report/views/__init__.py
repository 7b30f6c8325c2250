"""One view of each answer: its texts and its marks. A face places them: it chooses no word, no rounding and no mark.

`answer.view_of` finds the view of an answer; `marks` holds the sentence of each sign, `common` what views share.
A text that is wrong on one face is wrong on all, and is mended here.
"""
