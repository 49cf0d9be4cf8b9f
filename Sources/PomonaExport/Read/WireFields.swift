import Foundation

/// Walks over the fields of an encoded protocol buffer without making anything of them, so that things can be counted
/// before room is made for them.
///
/// It ends where the bytes make no sense, which whoever decodes them finds as well.
struct WireFields {
    /// One field on the outermost level.
    struct Field {
        let number: UInt64
        let contents: Contents
    }

    enum Contents: Equatable {
        /// One number, of varying or of fixed length.
        case number
        /// A message, a text, bytes, or many numbers: where they lie.
        case bytes(Range<Int>)
    }

    private enum WireType: UInt64 {
        case varint, fixed64, bytes, groupStart, groupEnd, fixed32
    }

    /// Calls the body with every field of a part of the bytes.
    static func each(of bytes: UnsafeRawBufferPointer, in part: Range<Int>, _ body: (Field) -> Void) {
        var place = part.lowerBound
        // Groups are an old form of messages; what lies in them is no field of this level.
        var openGroups = 0
        while place < part.upperBound {
            guard let tag = varint(bytes, &place, end: part.upperBound), let type = WireType(rawValue: tag & 7) else {
                return
            }
            var contents = Contents.number
            switch type {
            case .varint: guard varint(bytes, &place, end: part.upperBound) != nil else { return }
            case .fixed64: place += 8
            case .fixed32: place += 4
            case .groupStart:
                openGroups += 1
                continue
            case .groupEnd:
                openGroups -= 1
                continue
            case .bytes:
                guard let length = varint(bytes, &place, end: part.upperBound),
                    length <= UInt64(part.upperBound - place)
                else { return }
                contents = .bytes(place..<place + Int(length))
                place += Int(length)
            }
            guard place <= part.upperBound else { return }
            if openGroups == 0 { body(Field(number: tag >> 3, contents: contents)) }
        }
    }

    /// How many numbers of varying length stand one after the other: each ends with a byte below 128.
    static func varints(in bytes: UnsafeRawBufferPointer, _ part: Range<Int>) -> Int {
        part.reduce(0) { $0 + (bytes[$1] < 0x80 ? 1 : 0) }
    }

    private static func varint(_ bytes: UnsafeRawBufferPointer, _ place: inout Int, end: Int) -> UInt64? {
        var (value, shift): (UInt64, UInt64) = (0, 0)
        while place < end, shift <= 63 {
            let byte = bytes[place]
            place += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
