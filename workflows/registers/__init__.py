"""The registers behind the cases: subjects, penalties, advertisements, matters, qualifications. One file a register: what it answers.

Below the verbs: a step reads them for its handlers (`of_case`) and writes what the handlers enter (`entering`).
"""
