/// What servers have said on the connections of one loop. libcurl logs it for whichever transfer reads it, and it
/// concerns all those that share the connection. It never leaves the loop's thread.
final class Farewells {
  /// A connection by where it goes and the port that it comes from, which it has to itself for as long as it is open.
  private struct Connection: Hashable {
    var origin: String
    var port: Int
  }

  private var farewells: [Connection: Farewell] = [:]

  /// What is said on a connection.
  ///
  /// - Parameter isNew: whether it has just been opened: one before it may have had the same port.
  func farewell(on origin: String, from port: Int, isNew: Bool) -> Farewell {
    let connection = Connection(origin: origin, port: port)
    if !isNew, let farewell = farewells[connection] { return farewell }
    let farewell = Farewell()
    farewells[connection] = farewell
    return farewell
  }
}
