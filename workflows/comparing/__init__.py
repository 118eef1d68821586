"""What differs between two sets of a bundle's files, and what that does: to how cases run, to the proof, to words, or to the picture only.

Pure: files in, changes out. The judgement rests on what the program reads (`workflows.engine`), never on the text of the files alone.
"""
