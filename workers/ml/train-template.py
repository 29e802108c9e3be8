#!/usr/bin/env python3
"""
@@HEADING@@

    torchrun --nproc_per_node=2 train.py                        two processes on this machine
    torchrun --nnodes=2 --nproc_per_node=8 --rdzv_backend=c10d --rdzv_endpoint=HOST:29500 train.py
                                                                the same on each of two machines
    python3 train.py                                            one process

It needs PyTorch 1.10 or newer and NumPy. Each process takes a share of every batch
(DistributedDataParallel), over NCCL where there are CUDA devices and over Gloo where there are none.
`python3 train.py --help` tells the rest.

@@NOTES@@
"""
import argparse
import gzip
import json
import math
import os
import struct
from collections import OrderedDict

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data.distributed import DistributedSampler

HERE = os.path.dirname(os.path.abspath(__file__))

# The recipe.
@@RECIPE@@

# What a file of weights says of itself, so that Inkling can read it.
LAYERS = @@LAYERS@@
PREPROCESS = @@PREPROCESS@@


class Flatten(nn.Module):
    """Rows, columns, channels: the order in which Inkling's dense layers read them."""

    def forward(self, x):
        return (x.permute(0, 2, 3, 1) if x.dim() == 4 else x).flatten(1)


def network():
    """From [n, 1, 28, 28], 0 to 1, to [n, 10] logits."""
    return nn.Sequential(OrderedDict([
@@NETWORK@@
    ]))


def begin(model):
    """He's normal initialization, and biases of nought."""
    for layer in model:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            nn.init.normal_(layer.weight, std=math.sqrt(2 / fan_in))
            nn.init.zeros_(layer.bias)


def arrays(model):
    """Inkling's arrays: name, the tensor that holds it, and how the axes are to be ordered for Inkling."""
    for name, layer in model.named_children():
        if isinstance(layer, nn.Conv2d):
            yield name + "/kernel", layer.weight, (2, 3, 1, 0)
            yield name + "/bias", layer.bias, (0,)
        elif isinstance(layer, nn.Linear):
            yield name + "/kernel", layer.weight, (1, 0)
            yield name + "/bias", layer.bias, (0,)
        elif isinstance(layer, _BatchNorm):
            yield name + "/gamma", layer.weight, (0,)
            yield name + "/beta", layer.bias, (0,)
            yield name + "/mean", layer.running_mean, (0,)
            yield name + "/variance", layer.running_var, (0,)


def save(model, path, trained_from=None):
    """Writes a safetensors file that Inkling imports."""
    header, body, at = {}, [], 0
    for name, tensor, order in arrays(model):
        values = tensor.detach().cpu().permute(order).contiguous().numpy().astype("<f4")
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [at, at + values.nbytes]}
        body.append(values.tobytes())
        at += values.nbytes
    metadata = {"format": "inkling", "layers": LAYERS, "preprocess": str(PREPROCESS)}
    if trained_from:
        metadata["trained-from"] = trained_from
    text = json.dumps({"__metadata__": metadata, **header}).encode("ascii")
    text += b" " * (-len(text) % 8)
    # Written beside it first: a file that is there is whole.
    with open(path + ".part", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(body))
    os.replace(path + ".part", path)


def load(model, path):
    """Reads what Inkling, or `save`, wrote. Returns what the file says of itself."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        body = file.read()
    with torch.no_grad():
        for name, tensor, order in arrays(model):
            if name not in header:
                raise SystemExit("%s is of another network: it has no %s." % (path, name))
            first, end = header[name]["data_offsets"]
            values = np.frombuffer(body[first:end], "<f4").reshape(header[name]["shape"])
            tensor.copy_(torch.from_numpy(values.copy()).permute(tuple(np.argsort(order).tolist())))
    return header["__metadata__"]


def read_idx(path):
    """An IDX file of unsigned bytes, compressed or not; None where there is none."""
    for name, opener in ((path, open), (path + ".gz", gzip.open)):
        if os.path.exists(name):
            with opener(name, "rb") as file:
                raw = file.read()
            sizes = struct.unpack(">%dI" % raw[3], raw[4:4 + 4 * raw[3]])
            return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(sizes)
    return None


def read_samples(folder, name):
    images = read_idx(os.path.join(folder, name + "-images-idx3-ubyte"))
    labels = read_idx(os.path.join(folder, name + "-labels-idx1-ubyte"))
    if images is None or labels is None:
        return None
    return torch.from_numpy(images.copy()), torch.from_numpy(labels.astype(np.int64))


def is_for_validation(images):
    """One image in twelve checks the training: which one is told by its own bytes, here as in Inkling."""
    number = np.full(len(images), 0x811C9DC5, np.uint32)
    for column in images.reshape(len(images), -1).T:
        number = (number ^ column) * np.uint32(0x01000193)
    mixed = np.full(len(images), 0x9E3779B9, np.uint32)
    for part in (number, np.uint32(15)):
        mixed = (mixed ^ part) * np.uint32(0x85EBCA6B)
        mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(0xC2B2AE35)
        mixed = (mixed ^ (mixed >> np.uint32(16))) + np.uint32(0x9E3779B9)
    return mixed < np.uint32(2 ** 32 // 12)


def split(images, labels):
    """What is learned from, and what is checked with; of a set too small for both, all of it is both."""
    checks = torch.from_numpy(is_for_validation(images.numpy()))
    if checks.all() or not checks.any():
        return (images, labels), (images, labels)
    return (images[~checks], labels[~checks]), (images[checks], labels[checks])


def pixel_places():
    """How much each of a row's 4 points has to say in each of its 28 pixels: smooth steps between them."""
    places = torch.zeros(28, 4)
    for pixel in range(28):
        at = pixel * 3 / 27
        cell = min(2, int(at))
        share = at - cell
        weight = share * share * (3 - 2 * share)
        places[pixel, cell], places[pixel, cell + 1] = 1 - weight, weight
    return places


PLACES = pixel_places()
SOFT = torch.tensor([1.0, 2.0, 1.0]).outer(torch.tensor([1.0, 2.0, 1.0]))[None, None] / 16


def vary(images, chance):
    """Training images, [n, 28, 28] from 0 to 255, as another hand and another device might make them."""
    most = AUGMENTATION
    if not any(most.values()):
        return images
    count, device = len(images), images.device

    def draw(low, high, *shape):
        drawn = torch.rand(count, *(shape or (1, 1)), generator=chance) * (high - low) + low
        return drawn.to(device)

    def shift():
        moved = torch.randint(-most["shift"], most["shift"] + 1, (count, 1, 1), generator=chance)
        return moved.to(device)

    # Thicker or thinner strokes: the largest or the smallest of each cross of five.
    thickness = draw(-1, 1) * most["thickness"]
    wide = F.pad(images, (1, 1, 1, 1))
    cross = torch.stack([images, wide[:, 1:-1, :-2], wide[:, 1:-1, 2:], wide[:, :-2, 1:-1], wide[:, 2:, 1:-1]])
    extreme = torch.where(thickness > 0, cross.amax(0), cross.amin(0))
    images = images + (extreme - images) * thickness.abs()

    # Where each pixel comes from: turned, stretched, leaned, moved, and pulled.
    angle = draw(-1, 1) * most["rotation"] * math.pi / 180
    wider, taller = 1 + draw(-1, 1) * most["scale"], 1 + draw(-1, 1) * most["scale"]
    lean, cosine, sine = draw(-1, 1) * most["shear"], angle.cos(), angle.sin()
    ys, xs = torch.meshgrid(torch.arange(28.0), torch.arange(28.0), indexing="ij")
    x, y = xs.to(device)[None] - 13.5 - shift(), ys.to(device)[None] - 13.5 - shift()
    places = PLACES.to(device)
    pull = [torch.einsum("yr,nrc,xc->nyx", places, draw(-1, 1, 4, 4) * most["elastic"], places) for _ in "xy"]
    from_x = 13.5 + (cosine + lean * sine) / wider * x + (sine - lean * cosine) / wider * y + pull[0]
    from_y = 13.5 - sine / taller * x + cosine / taller * y + pull[1]
    grid = torch.stack([from_x, from_y], dim=-1) / 13.5 - 1
    images = F.grid_sample(images[:, None], grid, align_corners=True)

    # One image in four is blurred, one in four has more contrast.
    blur = most["blur"] * draw(-3, 1).clamp(min=0)[:, None]
    while blur.max() > 0:
        images = images + (F.conv2d(images, SOFT.to(device), padding=1) - images) * blur.clamp(max=1)
        blur = (blur - 1).clamp(min=0)
    factor = 2 ** (most["contrast"] * draw(-3, 1).clamp(min=0)[:, None])
    return ((images - 128) * factor + 128).clamp(0, 255)[:, 0]


def rate_at(epoch, progress, epochs):
    """The learning rate of a step; `progress` is the share of all epochs that is done."""
    planned = max(1, epochs - EXTRA_EPOCHS)
    if epoch >= planned and SCHEDULE != "constant":
        return LEARNING_RATE * 0.05
    at = progress * epochs / planned
    if SCHEDULE == "one-cycle":
        return LEARNING_RATE * (0.01 + 0.99 * max(0.0, at / 0.25 if at < 0.25 else (1 - at) / 0.75))
    if SCHEDULE == "cosine":
        return LEARNING_RATE * (1 + math.cos(math.pi * min(1.0, at))) / 2
    return LEARNING_RATE


def total(*numbers):
    """Sums over all processes."""
    sums = torch.tensor(numbers, dtype=torch.float64)
    if dist.is_initialized():
        sums = sums.to(DEVICE, torch.float64)
        dist.all_reduce(sums)
    return sums.tolist()


def score(model, samples):
    """Right answers, images and mean loss; each process reads its share of them."""
    images, labels = (part[RANK::WORLD] for part in samples)
    model.eval()
    correct, loss = 0, 0.0
    with torch.no_grad():
        for at in range(0, len(labels), 1000):
            answers = model(images[at:at + 1000].to(DEVICE)[:, None].float() / 255)
            truth = labels[at:at + 1000].to(DEVICE)
            correct += int((answers.argmax(1) == truth).sum())
            loss += float(F.cross_entropy(answers, truth, reduction="sum"))
    correct, count, loss = total(correct, len(labels), loss)
    return int(correct), int(count), loss / max(1, count)


def create_optimizer(model):
    if OPTIMIZER == "adam":
        return torch.optim.Adam(model.parameters(), betas=(0.9, 0.999), eps=1e-7)
    return torch.optim.SGD(model.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM)


def train_epoch(model, parallel, optimizer, samples, sampler, epoch, options, chance):
    """One pass over all images. Returns the mean loss."""
    images, labels = samples
    kernels = [layer.weight for layer in model if isinstance(layer, (nn.Conv2d, nn.Linear))]
    sampler.set_epoch(epoch)
    order = list(sampler)
    share = max(1, math.ceil(options.batch / WORLD))
    steps = math.ceil(len(order) / share)
    parallel.train()
    summed, seen = 0.0, 0
    for step in range(steps):
        rows = order[step * share:(step + 1) * share]
        # Batch norm has nothing to compare one image with. Every process skips the same step.
        if len(rows) < 2 and steps > 1:
            continue
        rate = rate_at(epoch, (epoch + step / steps) / options.epochs, options.epochs)
        for group in optimizer.param_groups:
            group["lr"] = rate
        inputs = vary(images[rows].to(DEVICE).float(), chance)[:, None] / 255
        loss = F.cross_entropy(parallel(inputs), labels[rows].to(DEVICE), label_smoothing=LABEL_SMOOTHING)
        optimizer.zero_grad()
        loss.backward()
        with torch.no_grad():
            for kernel in kernels:
                kernel.mul_(1 - rate * WEIGHT_DECAY)
        optimizer.step()
        summed, seen = summed + float(loss) * len(rows), seen + len(rows)
    summed, seen = total(summed, seen)
    return summed / max(1, seen)


def average_statistics(model):
    """The running statistics of batch norm, averaged over all processes."""
    if dist.is_initialized():
        for layer in model:
            for values in (layer.running_mean, layer.running_var) if isinstance(layer, _BatchNorm) else ():
                dist.all_reduce(values)
                values /= WORLD


def say(text):
    if RANK == 0:
        print(text, flush=True)


def train(options):
    samples = read_samples(options.data, "train")
    if samples is None:
        raise SystemExit("There are no train-images-idx3-ubyte and train-labels-idx1-ubyte in %s." % options.data)
    samples = tuple(part[:options.limit] if options.limit else part for part in samples)
    learned, checked = split(*samples)
    torch.manual_seed(options.seed)
    model = network()
    begin(model)
    trained_from = None
    if options.start:
        trained_from = load(model, options.start).get("copy-of")
    if WORLD > 1 and DEVICE.type == "cuda":
        model = nn.SyncBatchNorm.convert_sync_batchnorm(model)
    model.to(DEVICE)
    parallel = model if WORLD == 1 else DistributedDataParallel(
        model, device_ids=[DEVICE] if DEVICE.type == "cuda" else None, broadcast_buffers=False)
    optimizer = create_optimizer(model)
    sampler = DistributedSampler(range(len(learned[1])), WORLD, RANK, shuffle=True, seed=options.seed)
    chance = torch.Generator().manual_seed(options.seed * 1000003 + RANK)
    say("%d images to learn from, %d to check with, %d process(es), %s." % (
        len(learned[1]), len(checked[1]), WORLD, DEVICE))
    best, best_loss, waited = None, math.inf, 0
    for epoch in range(options.epochs):
        loss = train_epoch(model, parallel, optimizer, learned, sampler, epoch, options, chance)
        average_statistics(model)
        correct, count, checked_loss = score(model, checked)
        say("Epoch %d of %d: loss %.4f, validation loss %.4f, validation accuracy %.2f %% (%d of %d)" % (
            epoch + 1, options.epochs, loss, checked_loss, 100 * correct / count, correct, count))
        if not math.isfinite(loss + checked_loss):
            raise SystemExit("The loss is no number any more: nothing was written. Try a lower learning rate.")
        if PATIENCE is not None:
            waited += 1
            if checked_loss < best_loss:
                best, best_loss, waited = {k: v.clone() for k, v in model.state_dict().items()}, checked_loss, 0
            if waited >= PATIENCE:
                break
    if best is not None:
        model.load_state_dict(best)
    tested = read_samples(options.data, "t10k")
    if tested is not None:
        correct, count, _ = score(model, tested)
        say("Test accuracy %.2f %% (%d of %d)" % (100 * correct / count, correct, count))
    if RANK == 0:
        save(model, options.out, trained_from)
        say("Wrote %s. Import it on Inkling's Models page." % options.out)


def parse_options():
    parser = argparse.ArgumentParser(description="Trains the network on the digits in data/, as Inkling did.")
    parser.add_argument("--data", default=os.path.join(HERE, "data"), help="folder with MNIST's kind of IDX files")
    parser.add_argument("--start", default=START and os.path.join(HERE, START), help="weights to go on from")
    parser.add_argument("--scratch", action="store_true", help="begin with random weights")
    parser.add_argument("--out", default="model.safetensors", help="the file to write")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--batch", type=int, default=BATCH_SIZE, help="images per step, over all processes")
    parser.add_argument("--limit", type=int, default=SAMPLES, help="the first so many images; 0 is all of them")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    if options.scratch:
        options.start = None
    return options


RANK, WORLD = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
DEVICE = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if torch.cuda.is_available() else torch.device("cpu")


def main():
    options = parse_options()
    if WORLD > 1:
        if DEVICE.type == "cuda":
            torch.cuda.set_device(DEVICE)
        dist.init_process_group("nccl" if DEVICE.type == "cuda" else "gloo")
    train(options)
    if WORLD > 1:
        dist.barrier()
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
