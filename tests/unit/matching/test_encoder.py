import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece as TheirWordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from bot.matching.encoder import EncoderMissing, OnnxEncoder
from bot.matching.matcher import build_matcher, packaged_encoder
from bot.matching.packaged import vocabulary
from bot.matching.store import VectorStore
from bot.matching.wordpiece import WordPiece

TEXTS = (
    "Can they do that?",
    "SENDIASS & the council's £6,000 — naïve café 🙏 x",
    "日本 words\tand\nlines",
    "zzzzqqqxxx" * 20,
    "don't… “quote” (13) 1:1 e.g. 50%",
    "",
)


def test_word_pieces_are_the_same_as_the_reference_cuts_them():
    pieces = {piece: at for at, piece in enumerate(vocabulary())}
    theirs = Tokenizer(TheirWordPiece(pieces, unk_token="[UNK]", max_input_chars_per_word=100))
    theirs.normalizer = BertNormalizer(lowercase=True)
    theirs.pre_tokenizer = BertPreTokenizer()
    ours = WordPiece(vocabulary())
    for text in TEXTS:
        assert ours.encode(text)[1:-1] == theirs.encode(text).ids[:126]


def test_a_vector_has_length_one_and_is_the_same_every_time():
    encoder = packaged_encoder()
    first = encoder.vector("the taxi has been stopped")
    assert first.shape == (384,)
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-3)
    assert np.array_equal(first, encoder.vector("the taxi has been stopped"))


def test_like_meanings_lie_closer_than_unlike_ones():
    encoder = packaged_encoder()
    one = encoder.vector("school keeps ringing me to fetch him early")
    two = encoder.vector("they phone me most days to collect my son before lunch")
    other = encoder.vector("how do i bleed a radiator")
    assert one @ two > one @ other + 0.2


def test_without_weights_it_says_so_and_the_small_matcher_serves(tmp_path):
    with pytest.raises(EncoderMissing):
        OnnxEncoder(tmp_path / "none.onnx")
    assert build_matcher((), small=True).missing


def test_vectors_come_back_by_content_and_a_damaged_file_counts_as_none(tmp_path):
    store = VectorStore("mark", tmp_path)
    kept = store.put("a line", np.linspace(0, 1, 384, dtype=np.float32))
    store.put("another", np.zeros(384, np.float32))
    store.save(["a line"])
    again = VectorStore("mark", tmp_path)
    assert np.array_equal(again.get("a line"), kept)
    assert again.get("another") is None
    assert VectorStore("other", tmp_path).get("a line") is None
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"not a file of vectors")
    assert VectorStore("mark", tmp_path).get("a line") is None
