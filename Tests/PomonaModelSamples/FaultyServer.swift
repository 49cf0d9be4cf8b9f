public import Foundation
import Synchronization

/// A server on this machine that answers each connection as a script says, then closes it: for all the ways in which real
/// ones misbehave.
public final class FaultyServer: Sendable {
    public let port: UInt16
    private let descriptor: Int32
    private let heard = Mutex([String]())

    /// The requests so far, head by head.
    public var requests: [String] { heard.withLock(\.self) }
    public var address: String { "http://127.0.0.1:\(port)" }

    /// - Parameter answer: The bytes to send for the request of that number and head.
    public init(_ answer: @escaping @Sendable (_ number: Int, _ request: String) -> Data) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        port = UInt16(bigEndian: place.sin_port)
        let thread = Thread { [self] in serve(answer) }
        thread.start()
    }

    /// Wakes the thread, which closes the socket itself: a number closed here could be another socket's by the time the
    /// thread asks for it.
    public func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    private func serve(_ answer: (Int, String) -> Data) {
        var number = 0
        defer { close(descriptor) }
        while true {
            let connection = accept(descriptor, nil, nil)
            guard connection >= 0 else { return }
            let request = Self.head(connection)
            heard.withLock { $0.append(request) }
            let bytes = answer(number, request)
            number += 1
            bytes.withUnsafeBytes { buffer in
                var sent = 0
                while sent < buffer.count {
                    let count = send(
                        connection, buffer.baseAddress?.advanced(by: sent), buffer.count - sent,
                        Int32(MSG_NOSIGNAL))
                    guard count > 0 else { break }
                    sent += count
                }
            }
            // A client may drop what it has not looked at when the connection ends.
            Thread.sleep(forTimeInterval: 0.3)
            shutdown(connection, Int32(SHUT_WR))
            // What the client still sends is taken in, so that closing does not reset the connection.
            var rest = [UInt8](repeating: 0, count: 4096)
            while recv(connection, &rest, rest.count, 0) > 0 {}
            close(connection)
        }
    }

    private static func head(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.suffix(4).elementsEqual([13, 10, 13, 10]), recv(connection, &byte, 1, 0) == 1 {
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A head and a body, of which only so many bytes are sent.
    ///
    /// - Parameter tellsLength: Without a length the end of the connection is the end of the body.
    public static func response(
        _ status: String, _ headers: [String: String] = [:], body: Data = Data(), sending: Int? = nil,
        tellsLength: Bool = true
    ) -> Data {
        var headers = headers
        if tellsLength, headers["Content-Length"] == nil { headers["Content-Length"] = "\(body.count)" }
        headers["Connection"] = "close"
        let head = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
        return Data("HTTP/1.1 \(status)\r\n\(head)\r\n".utf8) + body.prefix(sending ?? body.count)
    }
}
