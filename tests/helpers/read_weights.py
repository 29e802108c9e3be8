"""
What a generated train.py makes of a file of weights.

    python3 read_weights.py FOLDER FILE…

FOLDER holds train.py and data/. Prints one JSON object: by file the logits of the first 20 test images.
"""
import json
import sys

folder = sys.argv[1]
sys.path.insert(0, folder)
import torch  # noqa: E402
import train  # noqa: E402

images, _ = train.read_samples(folder + "/data", "t10k")
found = {}
for name in sys.argv[2:]:
    model = train.network()
    train.load(model, folder + "/" + name)
    model.eval()
    with torch.no_grad():
        found[name] = model(images[:20, None].float() / 255).tolist()
print(json.dumps(found))
