internal import FlyingSocks
internal import Glibc

/// A pool whose sockets send at once. A response goes out in two writes, and by TCP's own rule the second one waits for
/// an acknowledgement that the other side delays: 40 ms for each request of a kept connection.
struct PromptSocketPool<Pool: AsyncSocketPool>: AsyncSocketPool {
  private let pool: Pool

  init(_ pool: Pool) { self.pool = pool }

  func prepare() async throws { try await pool.prepare() }

  func run() async throws { try await pool.run() }

  // The first socket that is waited for is the listening one, from which accepted ones inherit; nowhere else does the
  // server show its sockets.
  func suspendSocket(_ socket: Socket, untilReadyFor events: Socket.Events) async throws {
    try? socket.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
    try await pool.suspendSocket(socket, untilReadyFor: events)
  }
}
