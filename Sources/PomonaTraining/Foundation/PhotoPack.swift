import Foundation
public import PomonaCore
import PomonaImaging
import Synchronization

/// Many small labelled photos in one file, with a table of where each lies: how pretraining photos are kept.
///
/// The table has the columns offset, length, class, xmin, ymin, xmax, ymax, separated by tabs, with a head line. The
/// corners are whole pixels of the stored photo, the last ones included; a row without them speaks of the whole photo.
public struct PhotoPack: Sendable {
    /// All photos as squares of one side, one after the other: `[N, side, side, 3] uint8`.
    public let pixels: [UInt8]
    public let labels: [Int]
    /// The one object of each photo, in pixels of the square.
    public let boxes: [Box]
    public let side: Int
    public let classCount: Int

    public var count: Int { labels.count }

    /// Every class costs a row of the last layer, used or not.
    private static let mostClasses = 100_000

    /// Decodes all photos.
    ///
    /// - Parameters:
    ///   - path: The photos; the table lies beside it with the ending `tsv`.
    ///   - firstLabel: Added to every class, so several packs can stand side by side.
    /// - Throws: ``PhotoPackError`` naming the row that does not fit the file.
    public init(path: String, side: Int, firstLabel: Int = 0) throws {
        let table = (path as NSString).deletingPathExtension + ".tsv"
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) else {
            throw PhotoPackError.missing(path: path)
        }
        guard let text = try? String(contentsOfFile: table, encoding: .utf8) else {
            throw PhotoPackError.missing(path: table)
        }
        let rows = try text.split(separator: "\n").dropFirst().enumerated().map { index, line in
            let fields = line.split(separator: "\t").map { Int($0) }
            guard fields.count >= 3, let offset = fields[0], let length = fields[1], let label = fields[2],
                offset >= 0, length > 0, (0..<Self.mostClasses).contains(label), length <= data.count,
                offset <= data.count - length
            else { throw PhotoPackError.row(path: table, line: index + 2, text: String(line.prefix(80))) }
            let corners = fields.count >= 7 ? fields[3..<7].compactMap { $0 } : []
            return (range: offset..<offset + length, label: label, corners: corners)
        }
        let size = side * side * 3
        let failure = Mutex<(any Error)?>(nil)
        let whole = Box(xMin: 0, yMin: 0, xMax: Double(side), yMax: Double(side))
        let found = Mutex([Box](repeating: whole, count: rows.count))
        pixels = [UInt8](unsafeUninitializedCapacity: rows.count * size) { buffer, count in
            // Every iteration writes its own part of the buffer.
            nonisolated(unsafe) let base = buffer
            DispatchQueue.concurrentPerform(iterations: rows.count) { index in
                do {
                    let photo = try data[rows[index].range].withUnsafeBytes {
                        try ImageDecoder().decode($0, named: "\(path), line \(index + 2)")
                    }
                    if let box = Self.box(rows[index].corners, of: photo.originalSize, side: side) {
                        found.withLock { $0[index] = box }
                    }
                    let square = try photo.image.resized(to: ImageSize(width: side, height: side))
                    _ = UnsafeMutableBufferPointer(rebasing: base[index * size..<(index + 1) * size])
                        .update(fromContentsOf: square.pixels)
                } catch { failure.withLock { $0 = error } }
            }
            count = rows.count * size
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
        labels = rows.map { $0.label + firstLabel }
        boxes = found.withLock { $0 }
        classCount = (rows.map(\.label).max() ?? -1) + 1
        self.side = side
    }

    private static func box(_ corners: [Int], of size: ImageSize, side: Int) -> Box? {
        guard corners.count == 4 else { return nil }
        let (x, y) = (Double(side) / Double(size.width), Double(side) / Double(size.height))
        let box = Box(
            xMin: max(0, Double(corners[0]) * x), yMin: max(0, Double(corners[1]) * y),
            xMax: min(Double(side), (Double(corners[2]) + 1) * x), yMax: min(Double(side), (Double(corners[3]) + 1) * y)
        )
        return box.width > 0 && box.height > 0 ? box : nil
    }

    /// A copy of one photo.
    public func image(_ index: Int) -> RGBImage {
        let size = side * side * 3
        return RGBImage(
            size: ImageSize(width: side, height: side), pixels: Array(pixels[index * size..<(index + 1) * size]))
    }
}

/// What is wrong with a pack of photos.
public enum PhotoPackError: PomonaError {
    case missing(path: String)
    case row(path: String, line: Int, text: String)

    public var code: String { "photoPackCorrupt" }
    public var message: String {
        switch self {
        case .missing(let path):
            "\(path) cannot be read; a pack is a file of photos and a table of the same name ending in tsv."
        case .row(let path, let line, let text):
            "\(path), line \(line): expected offset and length within the photo file and a class below 100000, found \"\(text)\"."
        }
    }
    public var kind: ErrorKind {
        if case .missing = self { return .missing }
        return .badData
    }
}
