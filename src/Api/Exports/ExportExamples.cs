namespace Api;

/// <summary>Examples of export.</summary>
static partial class Examples
{
    public static readonly object Exporter = new
    {
        code = "91510100MA6CABCD17",
        name = "成都二手车出口有限公司",
        fixedOffice = true,
        displaySite = true,
        tradeExperience = true,
        documents = new[] { "3c1f0d0e6f8a4c0b9d3e2a7b1c4d5e6f3c1f0d0e6f8a4c0b9d3e2a7b1c4d5e6f" },
    };
    public static readonly object ExporterApproval = new
    {
        issuingBody = "成都市商务局",
        validTo = "2028-12-31",
        onIntegrityList = false,
    };
    public static readonly object Batch = new
    {
        exporter = "91510100MA6CABCD17",
        hsCode = "8703234110",
        destination = "AE",
        port = "上海",
    };
    public static readonly object BatchItem = new
    {
        item = "vin:LSVAM4187C2184847",
        hsCode = "8703234110",
        make = "大众",
        model = "帕萨特",
        firstRegistered = "2019-03-15",
        pendingExportOn = "2026-06-01",
    };
    public static readonly object LicenceApplication = new { prohibitionsChecked = true };
    public static readonly object Licence = new
    {
        licenceNo = "26-51-000123",
        issuingBody = "成都市商务局",
        validUntil = "2026-12-31",
    };
    public static readonly object LicenceRefusal = new { reasons = new[] { "四项信息不一致" } };
    public static readonly object Customs = new { count = 1, declarationNo = "790120261234567890" };
    public static readonly object ExportInspection = new
    {
        standard = "WM/T 8-2022",
        passed = true,
        inspectedOn = "2026-05-30",
        accreditation = "CNAS L1234",
    };
    public static readonly object AfterSale = new
    {
        maker = "上汽大众",
        destination = "AE",
        vehicle = "vin:LSVAM4187C2184847",
        seal = "4d2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f4d2f0d0e6f8a4c0b9d3e2a7b1c4d5e6f",
        outlets = new[] { "Dubai" },
    };
    public static readonly object ExportNote = new
    {
        annotatedOn = "2026-06-01",
        tempPlate = "川A临0001",
        tempPlateUntil = "2026-07-31",
        insuranceUntil = "2026-07-31",
    };
    public static readonly object Departure = new { exportedOn = "2026-06-20", port = "上海" };
    public static readonly object DestinationRegistration = new
    {
        country = "AE",
        registeredOn = "2026-08-01",
        registry = "RTA",
        odometerKm = 52_400,
    };
    public static readonly object Reimport = new { importedOn = "2026-10-01" };
    public static readonly object Bundle = new { purpose = "出口报关", recipient = "HG-01" };
}
