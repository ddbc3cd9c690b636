[assembly: TestCollectionOrderer(typeof(Support.LongestFirst))]
