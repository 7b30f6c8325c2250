"""One view of each answer: its texts and its marks. A face places them: it chooses no word, no rounding and no mark."""
