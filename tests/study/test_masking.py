"""Names are shown as ids wherever a result quotes a source."""

import pandas as pd

from cpit_research.model.correspondence import Correspondence, Entry
from cpit_research.privacy.names import Names
from cpit_research.results.result import Result
from cpit_research.study.masking import mask_result


def test_the_words_of_each_coder_are_masked_beside_the_others():
    names = Names(Correspondence((Entry("P01", "person", ("Nadège Marandat",)),)))
    words = ["« Nadège Marandat attend » [S11]"]
    table = pd.DataFrame({"quotation:claire": words, "quotation:yann": [""], "code": ["S11"]})
    masked = mask_result(Result("Désaccords", table), names).table
    assert "Marandat" not in masked.loc[0, "quotation:claire"]
    assert "P01" in masked.loc[0, "quotation:claire"]
    assert masked.loc[0, ["quotation:yann", "code"]].tolist() == ["", "S11"]
