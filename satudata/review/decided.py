"""What a decision came to, for a person and for a program."""

from __future__ import annotations

from dataclasses import dataclass

from satudata.state_words import STATES


@dataclass(frozen=True)
class Decided:
    """A batch after a decision."""

    batch_id: int
    dataset: str
    penerbit: str
    state: str
    superseded: tuple[int, ...] = ()
    """Older held batches that this one has replaced."""
    waiting_for: str | None = None
    """The Pembina Data who has still to approve."""
    behind: int | None = None
    """A batch that is still held and comes before: nothing of this one is seen until it is decided."""

    @property
    def sentence(self) -> str:
        """What happened and what comes next, in Indonesian."""
        name = " ".join(filter(None, [self.dataset, self.penerbit]))
        parts = [f"Batch {self.batch_id} ({name}) {STATES[self.state]}."]
        if self.superseded:
            parts.append(f"Batch {', '.join(map(str, self.superseded))} digantikannya.")
        if self.waiting_for:
            parts.append(f"Persetujuan Walidata dicatat; terbit setelah disetujui Pembina Data {self.waiting_for}.")
        elif self.state == "returned":
            parts.append("Angka yang sudah terbit tidak berubah; minta Produsen mengirim perbaikannya.")
        elif self.behind is not None:
            parts.append(f"Baru terlihat setelah batch {self.behind}, yang lebih dulu dan masih ditahan, diputuskan.")
        else:
            parts.append("Terbit pada rilis berikutnya (`satudata release publish`).")
        return " ".join(parts)
