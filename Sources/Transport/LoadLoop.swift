internal import CCurl

/// The one thread of a load: asks the pacing what to send, drives libcurl, and hands the answers back.
///
/// A lane is a handle that is prepared once and sends one request after the other. What differs from one request to the
/// next is, for all protocols here, the body; requests that differ in more are prepared anew.
final class LoadLoop {
  private struct Lane {
    let easy: CurlEasy
    let collector: ResponseCollector
    let origin: Origin
    /// The request that the handle is prepared for, but for the body; nil when it must be prepared anew.
    var prepared: Int?
    var start: LoadStart
    var sent: Int64
  }

  private let multi: CurlMulti
  private let timer: LoadTimer
  private let farewells = Farewells()
  private let requests: [HTTPRequest]
  private let bodies: LoadBodies
  private let connections: Int
  private let differOnlyInBody: Bool
  private let watcher: (@Sendable () -> any BodyWatcher)?
  private let origin = MonotonicClock.nanoseconds
  private var lanes: [Lane] = []
  private var free: [Int] = []
  private var places: [CurlEasy.ID: Int] = [:]

  init(
    _ multi: CurlMulti, _ requests: [HTTPRequest], connections: Int,
    watchedBy watcher: (@Sendable () -> any BodyWatcher)?
  ) throws(TransportError) {
    self.watcher = watcher
    self.multi = multi
    self.requests = requests
    self.connections = connections
    timer = try LoadTimer()
    bodies = LoadBodies(requests)
    var first = requests[0]
    // An empty body has no length of its own to be sent with.
    differOnlyInBody = requests.allSatisfy { request in
      first.body = request.body
      return request == first && !request.body.isEmpty && request.method != "HEAD"
    }
    multi.keepConnections(connections)
  }

  /// Returns when the pacing ends it, or the ticket is cancelled.
  func run<Pacing: LoadPacing>(_ pacing: Pacing, until ticket: Ticket) throws(TransportError) -> Pacing {
    var pacing = pacing
    defer { stop() }
    while !ticket.isCancelled {
      var deadline: Int64?
      asking: while true {
        switch pacing.next(at: now, isFree: !free.isEmpty || lanes.count < connections) {
        case .send(let start): try send(start)
        case .wait(let moment):
          deadline = moment
          break asking
        case .end: return pacing
        }
      }
      guard multi.perform() == CURLM_OK else { throw Self.broken }
      var hasAnswers = false
      while let finished = multi.nextFinished() {
        hasAnswers = true
        if try goesOn(finished.easy, after: finished.code) { continue }
        pacing.take(answer(of: finished.easy, finished.code))
      }
      // A free connection may be wanted at once.
      if hasAnswers { continue }
      let code = deadline.map { multi.wait(until: origin + $0, timer: timer) } ?? multi.wait()
      guard code == CURLM_OK else { throw Self.broken }
    }
    return pacing
  }

  private var now: Int64 { MonotonicClock.nanoseconds - origin }

  // MARK: - One request

  private func send(_ start: LoadStart) throws(TransportError) {
    let place: Int
    if let idle = free.popLast() { place = idle } else { place = try addLane(for: start.request) }
    if lanes[place].prepared != start.request {
      if !differOnlyInBody || lanes[place].prepared == nil {
        lanes[place].easy.reset()
        _ = try lanes[place].easy.prepare(requests[start.request], into: lanes[place].collector)
      }
      lanes[place].prepared = start.request
    }
    if differOnlyInBody { lanes[place].easy.setBody(bodies[start.request]) }
    lanes[place].collector.begin()
    lanes[place].easy.reuseConnection()
    lanes[place].start = start
    lanes[place].sent = now
    guard multi.add(lanes[place].easy) == CURLM_OK else { throw Self.broken }
  }

  /// Whether a request goes over a connection of its own now, for want of an open one or of one that lasted.
  private func goesOn(_ id: CurlEasy.ID, after code: CURLcode) throws(TransportError) -> Bool {
    let place = places[id, default: 0]
    let lane = lanes[place]
    if lane.easy.saidFarewell, transfer(lane).isToBeSentAgain(after: code) {
      lanes[place].prepared = nil
      lane.easy.sendAgain(within: requests[lane.start.request].timeout - .nanoseconds(now - lane.sent))
    } else if !lane.easy.opensConnection(after: code) {
      return false
    }
    multi.remove(lane.easy)
    guard multi.add(lane.easy) == CURLM_OK else { throw Self.broken }
    return true
  }

  private func transfer(_ lane: Lane) -> Transfer {
    Transfer(
      request: requests[lane.start.request], easy: lane.easy, collector: lane.collector, origin: lane.origin,
      start: .now)
  }

  private func addLane(for request: Int) throws(TransportError) -> Int {
    guard let easy = CurlEasy(farewells) else { throw Self.broken }
    let collector = ResponseCollector(
      maximumBodyBytes: requests[request].maximumResponseBytes, keeping: LoadGenerator.keptBytes,
      keepsFields: requests[request].version == .http2, resends: requests[request].version == .http2,
      watchedBy: watcher?())
    let origin = try easy.prepare(requests[request], into: collector)
    lanes.append(
      Lane(
        easy: easy, collector: collector, origin: origin, prepared: request,
        start: LoadStart(request: request, intended: 0), sent: 0))
    places[easy.id] = lanes.count - 1
    return lanes.count - 1
  }

  private func answer(of id: CurlEasy.ID, _ code: CURLcode) -> LoadAnswer {
    let place = places[id, default: 0]
    let lane = lanes[place]
    let result: Result<LoadAnswer.Reply, TransportError>
    var end = now
    let transfer = transfer(lane)
    if transfer.hasLostEnd(code) {
      result = .failure(.endUnread(origin: lane.origin.description))
    } else if code == CURLE_OK, let version = lane.easy.olderVersion(than: transfer.request.version) {
      result = .failure(.wrongVersion(origin: lane.origin.description, answered: version))
    } else if code == CURLE_OK || transfer.isAnswered(despite: code) {
      result = .success(
        .init(
          status: lane.easy.integer(CURLINFO_RESPONSE_CODE), body: lane.collector.body,
          headers: lane.collector.headers, trailers: lane.collector.trailers,
          sight: lane.collector.sight(since: origin)))
      // When the bytes were taken, and not when the others' were, too.
      if lane.collector.lastByte > 0 { end = lane.collector.lastByte - origin }
    } else {
      result = .failure(transfer.error(code))
    }
    multi.remove(lane.easy)
    free.append(place)
    // libcurl counts on a handle how often it sends again, and gives up after five times, whichever requests these were of.
    if lane.collector.wasSentAgain { lanes[place].prepared = nil }
    var answer = LoadAnswer(start: lane.start, sent: lane.sent, end: end, result: result)
    answer.wasSentAgain = lane.collector.wasSentAgain
    return answer
  }

  /// Leaves what is still under way.
  private func stop() {
    let idle = Set(free)
    for place in lanes.indices where !idle.contains(place) { multi.remove(lanes[place].easy) }
  }

  private static let broken = TransportError.unavailable(reason: "libcurl is out of memory or descriptors")
}
