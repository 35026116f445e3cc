internal import Dispatch
internal import Glibc

/// Notices the end of a child process without reaping it: until someone else does, its number cannot be given away.
enum ExitWatch {
  /// Watches a child on a thread of its own, which ends with the child.
  static func begin(_ child: Int32) -> Arrival<ProcessExit> {
    let arrival = Arrival<ProcessExit>()
    DispatchQueue(label: "cupel.exit-watch").async { arrival.fulfil(wait(for: child)) }
    return arrival
  }

  /// Whether the system knows of the child's end by now.
  static func hasEnded(_ child: Int32) -> Bool {
    var info = siginfo_t()
    guard waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT | WNOHANG) == 0 else { return errno == ECHILD }
    return info._sifields._sigchld.si_pid == child
  }

  private static func wait(for child: Int32) -> ProcessExit {
    var info = siginfo_t()
    var result: Int32
    repeat {
      result = waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT)
    } while result != 0 && errno == EINTR
    // Not our child (any more): it ended, and nobody will ever know how.
    guard result == 0 else { return .exited(status: -1) }
    let status = info._sifields._sigchld.si_status
    return info.si_code == Int32(CLD_EXITED) ? .exited(status: status) : .signalled(signal: status)
  }
}
