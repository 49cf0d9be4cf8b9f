import Foundation
import PomonaCore
import PomonaStore

/// How labels are spread over a dataset's photos.
public struct DatasetStatistics: Codable, Sendable {
    /// How often objects lie where.
    public struct Positions: Codable, Sendable {
        public var columns: Int
        public var rows: Int
        /// Centres of boxes, row by row from the top left.
        public var counts: [Int]
    }

    /// How many photos have a size.
    public struct PhotoSize: Codable, Sendable {
        public var width: Int
        public var height: Int
        public var count: Int
    }

    public var photoCount: Int
    public var labeledPhotoCount: Int
    public var annotationCount: Int
    public var tags: [DatasetIndex.TagCount]

    /// Photos with 0, 1, 2, ... annotations; the last place is for ten or more.
    public var annotationsPerPhoto: [Int]

    /// Boxes by the square root of their share of the photo, ten equal bins over 0...1.
    public var boxSizes: [Int]

    /// Boxes by width / height, ten bins on a logarithmic axis from 1/8 to 8.
    public var aspectRatios: [Int]
    public var positions: Positions

    /// The ten most frequent.
    public var photoSizes: [PhotoSize]

    public init(_ index: DatasetIndex) {
        photoCount = index.photos.count
        labeledPhotoCount = index.labelledCount
        annotationCount = index.annotationCount
        tags = index.tags
        annotationsPerPhoto = [Int](repeating: 0, count: 11)
        boxSizes = [Int](repeating: 0, count: 10)
        aspectRatios = boxSizes
        positions = Positions(columns: 12, rows: 12, counts: [Int](repeating: 0, count: 144))
        photoSizes = []
        var sizes: [ImageSize: Int] = [:]
        for photo in index.photos {
            annotationsPerPhoto[min(10, photo.annotations.count)] += 1
            guard let width = photo.item.width, let height = photo.item.height, width > 0, height > 0 else { continue }
            let size = ImageSize(width: width, height: height)
            sizes[size, default: 0] += 1
            for annotation in photo.annotations {
                if let box = annotation.box, box.area > 0 { add(box, in: size) }
            }
        }
        photoSizes = sizes.sorted { ($1.value, $0.key.area) < ($0.value, $1.key.area) }.prefix(10).map {
            PhotoSize(width: $0.key.width, height: $0.key.height, count: $0.value)
        }
    }

    private mutating func add(_ box: Box, in size: ImageSize) {
        let share = (box.area / Double(size.area)).squareRoot()
        boxSizes[Self.bin(share, of: 10)] += 1
        aspectRatios[Self.bin((log2(box.width / box.height) + 3) / 6, of: 10)] += 1
        let column = Self.bin((box.xMin + box.xMax) / 2 / Double(size.width), of: positions.columns)
        let row = Self.bin((box.yMin + box.yMax) / 2 / Double(size.height), of: positions.rows)
        positions.counts[row * positions.columns + column] += 1
    }

    /// The bin of a value in 0...1; values beyond belong to the last ones.
    private static func bin(_ value: Double, of count: Int) -> Int {
        min(count - 1, max(0, Int((min(max(value, 0), 1) * Double(count)).rounded(.down))))
    }
}
