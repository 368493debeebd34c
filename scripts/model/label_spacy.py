"""Labels sentences with a spaCy model: one sentence a line, tokens parted by spaces; out comes a
line of as many labels (B-PERSON, I-PERSON, O). usage: label_spacy.py PACKAGE"""
import importlib
import sys

import spacy
from spacy.tokens import Doc

package = importlib.import_module(sys.argv[1])
path = package.model_path() if hasattr(package, "model_path") else sys.argv[1]
model = spacy.load(path, exclude=["tagger", "parser", "lemmatizer", "attribute_ruler"])
sys.stdin.reconfigure(encoding="utf-8", newline="\n")
sys.stdout.reconfigure(encoding="utf-8")
lines = (line.rstrip("\n").split(" ") for line in sys.stdin)
for doc in model.pipe((Doc(model.vocab, words=words) for words in lines), batch_size=512):
    print(" ".join(t.ent_iob_ + "-" + t.ent_type_ if t.ent_type_ else "O" for t in doc))
