import PomonaCore

/// Suggests how to cut a photo to a shape so that as much as possible of what is on it stays.
enum SmartCrop {
    /// The largest part of the photo with the proportions, moved along its free axis to where the boxes, weighted by
    /// confidence, are covered best; of equally good places the one nearest to the middle.
    ///
    /// - Parameter aspectRatio: width by height.
    static func crop(_ size: ImageSize, aspectRatio: Double, around objects: [PhotoAnalysis.Object]) -> Box {
        let (width, height) = (Double(size.width), Double(size.height))
        let cropWidth = min(width, height * aspectRatio)
        let cropHeight = min(height, width / aspectRatio)
        let room = (x: width - cropWidth, y: height - cropHeight)
        func crop(at place: Double) -> Box {
            let (x, y) = room.x > 0 ? (place, 0) : (0, place)
            return Box(xMin: x, yMin: y, xMax: x + cropWidth, yMax: y + cropHeight)
        }
        func coverage(_ place: Double) -> Double {
            let box = crop(at: place)
            return objects.reduce(0) { $0 + $1.confidence * box.intersectionArea($1.box) }
        }
        let (free, length) = room.x > 0 ? (room.x, cropWidth) : (room.y, cropHeight)
        // Between the places where an edge of the crop meets an edge of a box, coverage changes linearly.
        let edges = objects.flatMap { object -> [Double] in
            let box = object.box
            let (low, high) = room.x > 0 ? (box.xMin, box.xMax) : (box.yMin, box.yMax)
            return [low, high, low - length, high - length, (low + high - length) / 2]
        }
        let middle = free / 2
        let places = ([middle, 0, free] + edges).map { min(max($0, 0), free) }
        let best = places.map(coverage).max() ?? 0
        let place = places.filter { coverage($0) >= best * (1 - 1e-9) }.min { abs($0 - middle) < abs($1 - middle) }
        return crop(at: place ?? middle)
    }

    /// The proportions to suggest where none were asked for: the photo's own, as far as they are possible.
    static func ownAspectRatio(_ size: ImageSize) -> Double {
        let range = AnalyzeQuestion.aspectRatioRange
        return min(max(Double(size.width) / Double(size.height), range.lowerBound), range.upperBound)
    }
}
