import Foundation

/// What goes through the pipes between the server and its predictor: a few bytes that say what is meant, and behind them a
/// photo as it is.
struct WorkerFrame: Equatable, Sendable {
    var head: [UInt8]
    var body: [UInt8] = []

    /// More than any message takes. What says that it is longer comes from a program that speaks otherwise.
    static let longestHead = 64 << 20
    static let longestBody = 1 << 30
}

/// Reads frames and blocks its thread until one is there.
struct FrameReader: Sendable {
    let descriptor: Int32

    /// - Returns: `nil` where the other side closed the pipe between two frames.
    /// - Throws: ``WorkerError/garbled(_:)`` for what is no frame, or only the beginning of one.
    func next() throws(WorkerError) -> WorkerFrame? {
        let lengths = bytes(8)
        if lengths.isEmpty { return nil }
        var reader = ByteReader(lengths)
        let (head, body) = (Int(try reader.integer(UInt32.self)), Int(try reader.integer(UInt32.self)))
        guard head <= WorkerFrame.longestHead, body <= WorkerFrame.longestBody else {
            throw .garbled("a message of \(head) and \(body) bytes")
        }
        let frame = WorkerFrame(head: bytes(head), body: bytes(body))
        guard frame.head.count == head, frame.body.count == body else { throw .garbled("a message that breaks off") }
        return frame
    }

    /// So many bytes, or fewer where the pipe ends before.
    private func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let room = UnsafeMutableRawBufferPointer(buffer)
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: room[filled..<count])
                let found = read(descriptor, rest.baseAddress, rest.count)
                if found < 0, errno == EINTR { continue }
                guard found > 0 else { return }
                filled += found
            }
        }
    }
}

/// Writes frames and blocks its thread while the pipe is full.
struct FrameWriter: Sendable {
    let descriptor: Int32

    /// - Throws: ``WorkerError/garbled(_:)`` where nobody reads any more.
    func write(_ frame: WorkerFrame) throws(WorkerError) {
        var lengths = ByteWriter()
        lengths.put(UInt32(frame.head.count))
        lengths.put(UInt32(frame.body.count))
        try write(lengths.bytes + frame.head)
        // As it is, not copied behind the head first.
        try write(frame.body)
    }

    private func write(_ bytes: [UInt8]) throws(WorkerError) {
        let isWritten = bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { return false }
                done += written
            }
            return true
        }
        guard isWritten else { throw .garbled("a message that nobody reads") }
    }
}
