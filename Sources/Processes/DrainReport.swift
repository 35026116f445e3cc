/// Who gets the TERM that asks a server to end.
package enum DrainTarget: String, Sendable, CaseIterable {
  /// Every process of its group.
  case group
  /// Its first process alone, which has to pass it on: what orchestrators of containers do.
  case leader
}

/// How a server's process group came to its end.
package struct DrainReport: Sendable, Equatable {
  /// What it took.
  package enum Outcome: Sendable, Equatable {
    /// Nothing of the group was alive any more.
    case wasGone
    /// All of it left after TERM, within the grace.
    case terminated
    /// This many processes were still there after the grace and were killed.
    case killed(processes: Int)
    /// These could not even be killed: the kernel holds them. They are left behind.
    case survived(processes: [Int32])
  }

  package var outcome: Outcome
  /// Those that had to be killed after the grace: `python3 (4711)`.
  package var killed: [String]
  /// Those that had left the group, outlived it, and were killed: `worker (4712)`.
  package var strays: [String]
  /// How the leader ended; nil only when it survived.
  package var exit: ProcessExit?
  /// From the first signal to the end of the last process.
  package var duration: Duration

  package init(
    outcome: Outcome, exit: ProcessExit?, duration: Duration, killed: [String] = [], strays: [String] = []
  ) {
    self.outcome = outcome
    self.killed = killed
    self.strays = strays
    self.exit = exit
    self.duration = duration
  }

  /// Nothing is left, and nothing had to be killed.
  package var isClean: Bool { (outcome == .wasGone || outcome == .terminated) && strays.isEmpty }
}
