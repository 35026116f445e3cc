internal import CCurl

/// Runs every transfer of one client on one thread: takes requests from the inbox, drives libcurl, hands results back.
final class TransferLoop {
  /// Idle handles kept for reuse. More than a load test keeps in flight brings nothing.
  private static let maximumIdle = 256

  /// A transfer under way and who waits for it.
  private struct Job {
    let submission: Submission
    let transfer: Transfer
  }

  private let multi: CurlMulti
  private let inbox: TransferInbox
  private let farewells = Farewells()
  private var jobs: [CurlEasy.ID: Job] = [:]
  private var handles: [ObjectIdentifier: CurlEasy.ID] = [:]
  private var idle: [CurlEasy] = []
  /// Where HTTP/1.1 was spoken over clear text: an open connection there may not be one of HTTP/2.
  private var originsOfHTTP1: Set<String> = []

  init(multi: CurlMulti, inbox: TransferInbox) {
    self.multi = multi
    self.inbox = inbox
  }

  /// Returns when the inbox is closed, or when libcurl itself is broken.
  func run() {
    var trouble = CURLM_OK
    while trouble == CURLM_OK {
      let mail = inbox.collect()
      for submission in mail.submissions { start(submission) }
      for ticket in mail.cancellations { cancel(ticket) }
      if mail.isClosed { break }
      trouble = multi.perform()
      while let finished = multi.nextFinished() { finish(finished.easy, finished.code) }
      if trouble == CURLM_OK { trouble = multi.wait() }
    }
    inbox.close()
    for submission in inbox.collect().submissions { submission.finish(.failure(.cancelled)) }
    for key in Array(jobs.keys) { release(key)?.submission.finish(.failure(.cancelled)) }
    idle.removeAll()
    inbox.end()
  }

  private func start(_ submission: Submission) {
    guard !submission.ticket.isCancelled else { return submission.finish(.failure(.cancelled)) }
    guard let easy = idle.popLast() ?? CurlEasy(farewells) else {
      return submission.finish(.failure(Self.outOfMemory))
    }
    let collector = ResponseCollector(
      maximumBodyBytes: submission.request.maximumResponseBytes,
      resends: !submission.request.isSentOnce || submission.request.version == .http2,
      recordingArrivals: submission.request.recordsArrivals)
    do throws(TransportError) {
      let origin = try easy.prepare(submission.request, into: collector)
      if submission.request.version != .http2 {
        originsOfHTTP1.insert(origin.description)
      } else if originsOfHTTP1.contains(origin.description) {
        easy.useOwnConnection()
      }
      guard multi.add(easy) == CURLM_OK else { throw Self.outOfMemory }
      handles[ObjectIdentifier(submission.ticket)] = easy.id
      let transfer = Transfer(
        request: submission.request, easy: easy, collector: collector, origin: origin, start: .now)
      jobs[easy.id] = Job(submission: submission, transfer: transfer)
    } catch {
      recycle(easy)
      submission.finish(.failure(error))
    }
  }

  private func cancel(_ ticket: Ticket) {
    guard let key = handles[ObjectIdentifier(ticket)], let job = release(key) else { return }
    job.submission.finish(.failure(.cancelled))
    recycle(job.transfer.easy)
  }

  private func finish(_ key: CurlEasy.ID, _ code: CURLcode) {
    if let transfer = jobs[key]?.transfer, goesOn(transfer, after: code) {
      multi.remove(transfer.easy)
      if multi.add(transfer.easy) == CURLM_OK { return }
    }
    guard let job = release(key) else { return }
    let result = job.transfer.result(code)
    recycle(job.transfer.easy)
    job.submission.finish(result)
  }

  /// Whether a request goes over a connection of its own now, for want of an open one or of one that lasted.
  private func goesOn(_ transfer: Transfer, after code: CURLcode) -> Bool {
    if transfer.isToBeSentAgain(after: code) {
      transfer.easy.sendAgain(within: transfer.request.timeout - transfer.start.duration(to: .now))
      return true
    }
    return transfer.easy.opensConnection(after: code)
  }

  /// Takes a transfer out of the multi handle and of our books.
  private func release(_ key: CurlEasy.ID) -> Job? {
    guard let job = jobs.removeValue(forKey: key) else { return nil }
    handles[ObjectIdentifier(job.submission.ticket)] = nil
    multi.remove(job.transfer.easy)
    return job
  }

  private func recycle(_ easy: CurlEasy) {
    easy.reset()
    if idle.count < Self.maximumIdle { idle.append(easy) }
  }

  private static let outOfMemory = TransportError.other(
    origin: "any host", code: Int(CURLE_OUT_OF_MEMORY.rawValue), reason: "libcurl is out of memory")
}
