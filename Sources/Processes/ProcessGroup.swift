internal import Glibc

/// A process group whose leader is our child and is not reaped yet, so that its number can belong to nobody else.
struct ProcessGroup: Sendable {
  /// The leader's process number, which is the group's.
  let leader: Int32
  /// How emptying a group went.
  enum Emptied: Sendable, Equatable {
    case wasEmpty
    case terminated
    case killed(processes: [ProcessEntry])
    case survived(processes: [Int32])
  }

  /// Killed processes leave at once unless the kernel itself is stuck; nobody waits for that longer than this.
  static let killTimeout = Duration.seconds(10)

  /// Asks the group or its leader to end, waits up to `grace` for all of it, and kills until none is left. Not
  /// cancellable.
  func empty(grace: Duration, asking: DrainTarget = .group) async -> Emptied {
    await Task.detached {
      guard !livingMembers().isEmpty else {
        send(SIGKILL)
        return .wasEmpty
      }
      switch asking {
      case .group: send(SIGTERM)
      case .leader: Glibc.kill(leader, SIGTERM)
      }
      if await isEmpty(within: grace) { return .terminated }
      let stubborn = livingMembers()
      // A process may fork between two looks, so one signal is not enough.
      let deadline = ContinuousClock.now + Self.killTimeout
      repeat {
        send(SIGKILL)
        if await isEmpty(within: .milliseconds(50)) { return .killed(processes: stubborn) }
      } while .now < deadline
      return .survived(processes: livingMembers().map(\.pid))
    }.value
  }

  /// Polls, because no system call waits for a group that is not made of children.
  private func isEmpty(within time: Duration) async -> Bool {
    let deadline = ContinuousClock.now + time
    var pause = Duration.milliseconds(1)
    while !livingMembers().isEmpty {
      guard .now < deadline else { return false }
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(20))
    }
    return true
  }

  private func send(_ signal: Int32) { Glibc.kill(-leader, signal) }

  /// The group's processes that have not ended. Those that only wait to be reaped do not count.
  func livingMembers() -> [ProcessEntry] { ProcessEntry.all().filter { $0.group == leader && !$0.hasEnded } }

  /// What the leader or its children have started and what has left the group, by `setsid` for example: what descends
  /// from the leader, and, once parents are gone, what has inherited the entry of its environment that nobody else has.
  func strays(markedBy mark: String) -> [ProcessEntry] {
    let descendants = ProcessEntry.descendants(of: leader)
    let marked = ProcessEntry.all(startedWith: mark).filter { process in !descendants.contains { $0.pid == process.pid }
    }
    return (descendants + marked).filter { $0.group != leader }
  }

  /// Ends those of the processes that are still there. Nobody else would, once their parents are gone.
  static func kill(_ strays: [ProcessEntry]) async -> [ProcessEntry] {
    await Task.detached {
      let left = strays.filter(\.isAlive)
      let deadline = ContinuousClock.now + killTimeout
      while .now < deadline {
        let living = left.filter(\.isAlive)
        if living.isEmpty { break }
        for process in living { Glibc.kill(process.pid, SIGKILL) }
        try? await Task.sleep(for: .milliseconds(5))
      }
      return left
    }.value
  }
}
