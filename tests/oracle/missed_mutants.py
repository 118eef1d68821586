"""Faults that the oracle is known not to find, each with the reason."""

from __future__ import annotations

from tests.oracle.editing import attribute, without_row
from tests.oracle.mutants import Mutant, Sign, files_of

MISSED = {
    # The table's inputs are computed, so what it says is taken as free; another row still says that a review is needed.
    "one ground of the review has no row": Mutant(
        "removed row", files_of("penalty"), without_row("legal_review_needed", '"行政处罚法第五十八条第一款第四项：法律、法规规定应当进行法制审核的其他情形"'),
        None, Sign("path_stops", (), "legal_review_needed"),
    ),
    # A process that a service opens may stand under a case where every part was given; in a bundle that a person opens the same fault is found.
    "the copy is received by the procuratorate above, in a transfer that stands alone": Mutant(
        "wrong lane", files_of("transfer"), attribute("transfer_receipt", "lane_proc", agency="upper_procuratorate"), None, Sign("path_nobody", ("receive_copy",)),
    ),
    # The oracle knows of no role which agencies have it: a role that nobody of that agency holds is a matter of accounts.
    "the transfer is decided by an officer": Mutant(
        "wrong lane", files_of("transfer"), attribute("criminal_transfer", "lane_head", role="officer"), None, Sign("path_nobody", ("decide_transfer",)),
    ),
}  # fmt: skip
