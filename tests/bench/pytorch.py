"""Inkling's networks in PyTorch, for `npm run bench`: prints one line of JSON with medians over rounds."""

import json
import statistics
import sys
import time

import torch
from torch import nn


def conv(inputs, outputs, kernel, stride=1):
    return nn.Conv2d(inputs, outputs, kernel, stride)


def seed():
    return nn.Sequential(
        conv(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), conv(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 64), nn.ReLU(), nn.Linear(64, 10),
    )


def fast():
    norm = lambda channels: nn.BatchNorm2d(channels, momentum=0.1, eps=1e-3)
    return nn.Sequential(
        conv(1, 16, 5, 2), norm(16), nn.ReLU(), conv(16, 32, 3, 2), norm(32), nn.ReLU(),
        conv(32, 64, 3), norm(64), nn.ReLU(), nn.Flatten(), nn.Linear(576, 10),
    )


def median_seconds(work, duration):
    """The median time of `work` over `duration` seconds, after half of that to warm up."""
    until = time.perf_counter() + duration / 2
    while time.perf_counter() < until:
        work()
    times = []
    until = time.perf_counter() + duration
    while time.perf_counter() < until or len(times) < 3:
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def train_rate(network, batch, duration):
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-4)
    loss_of = nn.CrossEntropyLoss()
    images, labels = torch.rand(batch, 1, 28, 28), torch.randint(0, 10, (batch,))

    def step():
        optimizer.zero_grad()
        loss = loss_of(network(images), labels)
        loss.backward()
        optimizer.step()
        loss.item()

    return batch / median_seconds(step, duration)


def answer_rate(network, batch, duration):
    network.eval()
    images = torch.rand(batch, 1, 28, 28)
    with torch.no_grad():
        return batch / median_seconds(lambda: network(images).numpy(), duration)


def main():
    network, mode, batch, threads, duration = sys.argv[1:6]
    torch.set_num_threads(int(threads))
    build = {"seed": seed, "fast": fast}[network]
    measure = {"train": train_rate, "answer": answer_rate}[mode]
    rate = measure(build(), int(batch), float(duration))
    print(json.dumps({"perSecond": rate, "version": torch.__version__}))


main()
