"""Gathering: what pages show of each other, filled in once everything is read.

staleness   problems are told; pages that became stale are found
registers   entries get the places where they are named
notes       notes are brought to their marks, where an output wants that
overviews   lists and pictures of the whole; drawing, drawn
headlines   who wrote, to whom, where and when
downloads   the edition's other files
cover       the title as a picture
"""
