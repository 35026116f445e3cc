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
  /// How the leader ended; nil only when it survived.
  package var exit: ProcessExit?
  /// From the first signal to the end of the last process.
  package var duration: Duration

  package init(outcome: Outcome, exit: ProcessExit?, duration: Duration) {
    self.outcome = outcome
    self.exit = exit
    self.duration = duration
  }

  /// Nothing is left, and nothing had to be killed.
  package var isClean: Bool { outcome == .wasGone || outcome == .terminated }
}
