"""The push epidemic of bench/peers/cpp/push.cpp on SimPy 3 or 4: a timeout with a callback per event, the fastest style.

usage: push.py LUCK N, where LUCK is `own`, Python's generator, or `shared`, the one of the other programs, draw by draw.
"""
import json
import random
import re
import sys
import time

import simpy

PERIOD = 1_000_000
ROUNDS = 10
FANOUT = 2
LOSS = 42_949_673  # of 2^32: 1 %
WORD = 2**32


class Luck:
    """xoshiro128**, as in bench/peers/cpp/luck.hpp."""

    def __init__(self):
        self.state = [1, 2, 3, 4]
        for _ in range(50):
            self.word()

    def word(self):
        a, b, c, d = self.state
        x = (b * 5) % WORD
        result = (((x << 7) | (x >> 25)) % WORD * 9) % WORD
        shifted = (b << 9) % WORD
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= shifted
        d = ((d << 11) | (d >> 21)) % WORD
        self.state = [a, b, c, d]
        return result

    def below(self, bound):
        return (self.word() * bound) >> 32


class PythonsLuck:
    def __init__(self):
        self.uniform = random.Random(1).random

    def word(self):
        return int(self.uniform() * WORD)

    def below(self, bound):
        return int(self.uniform() * bound)


class Epidemic:
    def __init__(self, n, luck):
        self.n = n
        self.env = simpy.Environment()
        self.word = luck.word
        self.below = luck.below
        self.heard = bytearray(n)
        self.left = bytearray(n)
        self.events = 0
        self.reached = 0
        self.last = 0

    def schedule(self, delay, callback, node):
        self.env.timeout(delay, node).callbacks.append(callback)

    def hear(self, node):
        if self.heard[node]:
            return
        self.heard[node] = 1
        self.left[node] = ROUNDS
        self.reached += 1
        self.last = self.env.now
        self.schedule(self.below(PERIOD), self.round, node)

    def receive(self, event):
        self.events += 1
        self.hear(event._value)

    def round(self, event):
        self.events += 1
        node = event._value
        for _ in range(FANOUT):
            to = self.below(self.n - 1)
            if to >= node:
                to += 1
            if self.word() >= LOSS:
                self.schedule(1_000 + self.below(199_001), self.receive, to)
        self.left[node] -= 1
        if self.left[node]:
            self.schedule(PERIOD, self.round, node)


def peak_mb():
    """The most memory that was ever resident. Not ru_maxrss: that starts with what the parent had at the fork."""
    with open('/proc/self/status') as status:
        return int(re.search(r'VmHWM:\s*(\d+)', status.read()).group(1)) * 1024 / 1e6


luck, n = sys.argv[1], int(sys.argv[2])
before = time.process_time()
epidemic = Epidemic(n, Luck() if luck == 'shared' else PythonsLuck())
epidemic.hear(0)
epidemic.env.run()
seconds = time.process_time() - before
check = {'events': epidemic.events, 'reached': epidemic.reached, 'last': epidemic.last}
print(json.dumps({'cpu_s': seconds, 'units': epidemic.events, 'peak_mb': peak_mb(), 'check': check}))
