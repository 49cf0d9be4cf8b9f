public import PomonaCore

/// Makes one picture of photos that overlap: of a shelf in several parts, or of a view from one place.
///
/// Features are found in each photo and matched between every two; the photos are laid on the one in the middle by projective
/// mappings, made equally bright where they overlap, and mixed there (Brown and Lowe, "Automatic Panoramic Image Stitching
/// using Invariant Features", 2007; without its bundle adjustment). The same photos give the same bytes.
public struct PhotoStitcher: Sendable {
    /// Most pixels of the finished picture.
    public var largestArea = 40_000_000

    public init() {}

    /// - Parameter photos: two or more, upright, in any order.
    /// - Returns: the picture; black where no photo shows anything.
    /// - Throws: ``StitchError``.
    public func stitch(_ photos: [RGBImage]) throws -> RGBImage {
        guard photos.count >= 2 else { throw StitchError.tooFew(photos.count) }
        let features = try photos.map(FeatureFinder.features)
        let matcher = PairMatcher(seed: 0)
        var matches: [PhotoPair: PairMatch] = [:]
        for first in photos.indices {
            for second in photos.indices where second > first {
                // One pixel of the size at which features are looked for, and some more for what is not quite flat.
                let tolerance = max(3, Double(photos[first].size.area).squareRoot() / 250)
                matches[PhotoPair(first: first, second: second)] = matcher.match(
                    features[first], features[second], size: photos[first].size, tolerance: tolerance)
            }
        }
        let plan = try StitchPlan(
            sizes: photos.map(\.size), matches: matches, gains: BrightnessBalance.gains(photos, matches),
            largestArea: largestArea)
        return PhotoMixer(plan: plan, photos: photos).picture()
    }
}
