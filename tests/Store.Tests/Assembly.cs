[assembly: AssemblyFixture(typeof(Support.DatabaseServer.Lifetime))]
[assembly: TestCollectionOrderer(typeof(Support.LongestFirst))]
