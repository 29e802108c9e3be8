"""
What scikit-learn reports about labels and answers, to hold ours against.

    python3 make_reports.py < CASES

Reads a JSON list of {"labels", "answers", "digits"?} and prints a JSON list of {"text", "json"}.
"""

import json
import sys
import warnings

from sklearn.metrics import classification_report

warnings.simplefilter("ignore")  # It warns where nothing can be divided; both print 0 there.


def report(case):
    options = {"labels": case["digits"]} if "digits" in case else {}
    truth, answers = case["labels"], case["answers"]
    return {
        "text": classification_report(truth, answers, **options),
        "json": classification_report(truth, answers, output_dict=True, **options),
    }


print(json.dumps([report(case) for case in json.load(sys.stdin)], default=float))
