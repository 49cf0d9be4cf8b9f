/// How far training photos are varied. All draws are uniform unless said otherwise.
public struct AugmentationOptions: Codable, Equatable, Sendable {
    /// Chance that a photo is mirrored left to right.
    public var flipChance = 0.5

    /// Chance that an example is put together from four photos (Bochkovskiy et al., "YOLOv4", 2020).
    public var mosaicChance = 0.3

    /// Size of the photo relative to filling the input, drawn evenly on a logarithmic scale.
    public var smallestScale = 0.5
    public var largestScale = 1.5

    /// Largest change of the ratio of width to height, as a factor minus one, either way.
    public var aspect = 0.1

    /// Largest turn of the hue in degrees, either way.
    public var hueDegrees = 6.0
    /// Largest change of saturation and brightness as a share, either way.
    public var saturation = 0.5
    public var brightness = 0.35

    /// Share of an object's area that must stay visible for it to count.
    public var leastVisibleShare = 0.25
    /// Least side of an object in input pixels for it to count.
    public var leastSide = 2.0

    public init() {}

    /// Whole photos that are varied less, for the end of a schedule: nearly what prediction sees, with boxes that show most of
    /// their objects.
    public var finishing: AugmentationOptions {
        var options = self
        options.mosaicChance = 0
        (options.smallestScale, options.largestScale) = (0.8, 1.25)
        options.hueDegrees /= 2
        options.saturation /= 2
        options.brightness /= 2
        options.leastVisibleShare = 0.5
        return options
    }
}
